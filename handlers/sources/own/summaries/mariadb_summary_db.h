#pragma once

#include <vector>

#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// Summaries in the portal's own database, over its one connection, which outlives this.
class MariadbSummaryDb final : public SummaryDb {
 public:
    explicit MariadbSummaryDb(sql::Session& session) : session_(session) {}

    Result<std::vector<Summary>> find(std::span<const std::uint64_t> rows) override;
    Result<std::vector<SummaryMark>> marks(std::span<const std::uint64_t> rows) override;
    Result<std::vector<Summary>> between(TimeRange range, const EndPlace& after,
                                         std::uint32_t limit) override;
    Result<std::uint64_t> count(const WasteOf& whose, std::uint32_t most) override;
    Result<Waste> waste(const WasteOf& whose) override;
    Result<std::vector<Waste>> waste_by_name(const Ranking& ranking) override;
    Result<std::optional<TimeRange>> span() override;
    Result<std::vector<Summary>> ranked(const Ranking& ranking) override;
    Result<std::vector<Summary>> alike(const RunsOf& kind, std::uint32_t limit) override;
    Result<std::vector<std::string>> accounts(const RunsOf& kind, std::uint32_t limit) override;
    Result<bool> write(const Summary& summary, const Lease& lease) override;
    Result<std::uint64_t> prune(Instant before, std::uint32_t limit, const Lease& lease) override;

 private:
    [[nodiscard]] std::optional<SourceError> mark_days_of(const Summary& summary,
                                                          const Lease& lease);

    sql::Session& session_;
};

}  // namespace portal::database
