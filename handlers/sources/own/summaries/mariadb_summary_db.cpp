#include "handlers/sources/own/summaries/mariadb_summary_db.h"

#include <algorithm>

#include "handlers/sources/own/summaries/summary_columns.h"
#include "handlers/sources/sql/list.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

std::uint64_t seconds_of(Instant when) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(unix_seconds(when), 0));
}

SummaryMark read_mark(const sql::Row& row) {
    return {row.u64("job_db_inx"), row.u32("id_job"), row.u32("time_submit"),
            row.u32("time_end"),   row.u32("state"),  row.bytes("rules_version")};
}

}  // namespace

Result<std::vector<Summary>> MariadbSummaryDb::find(std::span<const std::uint64_t> rows) {
    if (rows.empty()) return std::vector<Summary>{};
    const auto values = sql::list_values(rows);
    return session_.read(sql::StatementMaker().make(queries::own::kSummaryFind, values.size()),
                         values, read_summary);
}

Result<std::vector<SummaryMark>> MariadbSummaryDb::marks(std::span<const std::uint64_t> rows) {
    if (rows.empty()) return std::vector<SummaryMark>{};
    const auto values = sql::list_values(rows);
    return session_.read(sql::StatementMaker().make(queries::own::kSummaryMarks, values.size()),
                         values, read_mark);
}

Result<std::vector<Summary>> MariadbSummaryDb::between(TimeRange range, const EndPlace& after,
                                                       std::uint32_t limit) {
    const std::uint64_t from = std::max(seconds_of(range.from), after.end);
    return session_.read(sql::plain(queries::own::kSummaryBetween),
                         {from, seconds_of(range.to), after.end, after.row, std::uint64_t{limit}},
                         read_summary);
}

Result<bool> MariadbSummaryDb::write(const Summary& summary, const Lease& lease) {
    std::vector<sql::Value> values = values_of(summary);
    const auto statement = sql::StatementMaker().make(queries::own::kSummaryWrite, values.size());
    for (const sql::Value& value :
         {sql::Value{lease.name}, sql::Value{lease.holder}, sql::Value{lease.term}}) {
        values.push_back(value);
    }
    const auto written = session_.write(statement, values, sql::Repeat::Harmless);
    if (!written.ok()) return written.error();
    return written.value() > 0;
}

Result<std::uint64_t> MariadbSummaryDb::prune(Instant before, std::uint32_t limit,
                                              const Lease& lease) {
    return session_.write(
        sql::plain(queries::own::kSummaryPrune),
        {seconds_of(before), lease.name, lease.holder, lease.term, std::uint64_t{limit}},
        sql::Repeat::Harmless);
}

}  // namespace portal::database
