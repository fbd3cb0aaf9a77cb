#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/slurm/schema.h"
#include "handlers/sources/slurm/settings.h"
#include "handlers/sources/slurm/slurm_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::slurm {

/// Slurm's accounting database in MariaDB. One connection, made when first needed; what differs
/// between releases is probed on every new connection and every five minutes.
class MysqlSlurmDb final : public SlurmDb {
 public:
    /// Throws std::invalid_argument if the cluster's name cannot be part of a table name. `clock`
    /// outlives this.
    MysqlSlurmDb(const Settings& settings, const Clock& clock, const SourceTerms& terms = {});

    Result<std::vector<Job>> attempts(const Owner& owner, JobId id) override;
    Result<JobSlice> list(const Owner& owner, ListPart part, const JobFilter& filter,
                          const std::optional<JobCursor>& after, std::uint32_t limit) override;
    Result<std::vector<Job>> running(const Owner& owner) override;
    Result<std::optional<Uid>> former_number(const Owner& owner) override;
    Result<std::vector<Job>> running_in(const RunningFilter& filter, std::uint32_t limit) override;
    Result<EndedSlice> ended(const EndedPlace& after, Instant until, std::uint32_t limit) override;
    Result<std::uint64_t> ended_count(Instant after, Instant until) override;
    Result<std::vector<Job>> bearers(JobId id) override;
    Result<std::vector<Job>> array_tasks(const Owner& owner, const Job& task,
                                         std::uint32_t limit) override;
    Result<std::optional<Job>> array_task(const Owner& owner, JobId array, std::uint32_t task,
                                          std::optional<Instant> before) override;
    Result<std::optional<Job>> array(const Owner& owner, JobId id) override;
    Result<std::vector<Job>> array_rests(const Owner& owner, const Job& of) override;
    Result<std::vector<ArrayCount>> array_counts(const Job& of) override;
    Result<std::vector<TaskMark>> array_marks(const Job& of, std::uint32_t up_to,
                                              std::uint32_t limit) override;
    Result<std::vector<Job>> array_page(const Owner& owner, const Job& of,
                                        const TaskPage& page) override;
    Result<std::vector<Job>> array_draw(const Owner& owner, const Job& of, double share) override;
    Result<std::vector<Job>> rows(const Owner& owner,
                                  const std::vector<std::uint64_t>& keys) override;
    Result<std::vector<Job>> next_starts(const Owner& owner, Instant from,
                                         std::uint32_t limit) override;
    Result<std::vector<Job>> het_components(const Owner& owner, const Job& component) override;
    Result<std::map<std::uint64_t, StepUsage>> usage(
        std::span<const std::uint64_t> attempts) override;
    Result<std::optional<std::string>> script(std::uint64_t attempt) override;

 private:
    using Values = std::vector<sql::Value>;

    std::optional<SourceError> ready();
    /// One statement, the schema known. `list_length` is that of its `{list}`.
    template <class Map>
    auto read(const queries::Query& query, const Values& values, Map map,
              std::size_t list_length = 1) {
        using Rows = decltype(session_.read({}, values, map));
        return session_.together([&]() -> Rows {
            if (auto failed = ready()) return std::move(*failed);
            return session_.read(statements_.make(query, list_length), values, map);
        });
    }
    Result<std::vector<Job>> jobs(const queries::Query& query, const Values& values,
                                  std::size_t list_length = 1);
    /// Those of the rows that are the owner's.
    Result<std::vector<Job>> jobs_of(const Owner& owner, const queries::Query& query,
                                     const Values& values);
    /// Up to `shown` rows from there on, in steps if need be.
    Result<JobSlice> search(const Owner& owner, ListPart part, const JobFilter& filter,
                            std::optional<JobCursor> after, std::uint32_t shown);
    /// How far back the next step may look; empty: to the end.
    Result<std::optional<Instant>> reach_of_step(Uid owner, ListPart part, const JobFilter& filter,
                                                 const std::optional<JobCursor>& after);
    [[nodiscard]] Job job(const JobRow& row) const;

    /// When those were submitted that belong together: numbers come again.
    struct Submissions {
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };
    static Submissions submitted_around(const Job& job, Seconds time);
    /// All tasks of the row's array in all their attempts.
    static Submissions submissions_of_array(const Job& job);
    /// As Slurm writes a moment.

    const Clock& clock_;
    Settings::Text text_;
    Seconds lost_after_;
    sql::Session session_;
    sql::StatementMaker statements_;
    Schema schema_;
    std::uint64_t schema_connection_ = 0;
    std::chrono::steady_clock::time_point schema_read_{};
};

}  // namespace portal::slurm
