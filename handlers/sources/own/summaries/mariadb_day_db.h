#pragma once

#include <vector>

#include "handlers/sources/own/summaries/day_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// Sums in the portal's own database, over its one connection, which outlives this.
class MariadbDayDb final : public DayDb {
 public:
    explicit MariadbDayDb(sql::Session& session);

    Result<std::vector<DaySums>> of_all(Days days, By by) override;
    Result<std::vector<DaySums>> of_account(std::span<const std::string> names, Days days,
                                            By by) override;
    Result<std::vector<DaySums>> of_person(const Whose& whose, Days days) override;
    Result<std::optional<Day>> due(Day from) override;
    Result<bool> make(Day day, const Lease& lease) override;
    Result<std::uint64_t> check(Days days, const Lease& lease) override;
    Result<std::optional<Day>> first() override;

 private:
    [[nodiscard]] Result<bool> make_parts(Day day);

    sql::Session& session_;
    sql::StatementMaker maker_;
};

/// Has a day made again, as part of the transaction in hand, if the lease is still held. For
/// whoever writes or removes summaries of that day.
[[nodiscard]] std::optional<SourceError> mark_day(sql::Session& session, Day day,
                                                  const Lease& lease);

/// The same of all days before one.
[[nodiscard]] std::optional<SourceError> mark_days_before(sql::Session& session, Day day,
                                                          const Lease& lease);

}  // namespace portal::database
