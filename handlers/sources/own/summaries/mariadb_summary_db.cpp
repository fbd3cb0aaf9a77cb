#include "handlers/sources/own/summaries/mariadb_summary_db.h"

#include <algorithm>
#include <set>
#include <utility>

#include "handlers/sources/own/summaries/mariadb_day_db.h"
#include "handlers/sources/own/summaries/summary_columns.h"
#include "handlers/sources/sql/list.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

std::optional<double> number(const sql::Row& row, const char* column) {
    if (row.is_null(column)) return std::nullopt;
    return row.number(column);
}

SummaryMark read_mark(const sql::Row& row) {
    return {.job_db_inx = row.u64("job_db_inx"),
            .id_job = row.u32("id_job"),
            .time_submit = row.u32("time_submit"),
            .time_end = row.u32("time_end"),
            .state = row.u32("state"),
            .rules_version = row.bytes("rules_version"),
            .cores_used = number(row, "cores_used"),
            .memory_peak = number(row, "memory_peak"),
            .gpus = number(row, "gpus"),
            .gpu_used = number(row, "gpu_used"),
            .grade_cores = number(row, "grade_cores"),
            .grade_memory = number(row, "grade_memory"),
            .grade_gpu = number(row, "grade_gpu"),
            .flags = row.u32("flags")};
}

Waste read_waste(const sql::Row& row) {
    return {.stem = {},
            .jobs = row.u64("jobs"),
            .known_core_s = number(row, "known_core_s"),
            .used_core_s = number(row, "used_core_s"),
            .wasted_core_s = number(row, "wasted_core_s"),
            .gpu_s = number(row, "gpu_s"),
            .known_gpu_s = number(row, "known_gpu_s"),
            .used_gpu_s = number(row, "used_gpu_s"),
            .wasted_gpu_s = number(row, "wasted_gpu_s"),
            .wasted_cost = number(row, "wasted_cost")};
}

Waste read_named_waste(const sql::Row& row) {
    Waste waste = read_waste(row);
    waste.stem = row.bytes("stem");
    return waste;
}

std::vector<sql::Value> values_of(const Whose& whose) {
    std::vector<sql::Value> values(whose.logins.begin(), whose.logins.end());
    values.emplace_back(std::uint64_t{whose.uid.value});
    return values;
}

/// Logins, number and time, as every statement about waste wants them.
std::vector<sql::Value> values_of(const WasteOf& waste) {
    std::vector<sql::Value> values = values_of(waste.whose);
    values.emplace_back(unsigned_unix_seconds(waste.ended.from));
    values.emplace_back(unsigned_unix_seconds(waste.ended.to));
    return values;
}

/// As sql/portal/ranked_filter.sql wants them.
std::vector<sql::Value> values_of(const RankFilter& filter) {
    constexpr double kMost = 1e300;
    std::string states;
    for (const std::uint32_t state : filter.states) {
        states.append(states.empty() ? "" : ",").append(std::to_string(state));
    }
    std::vector<sql::Value> values;
    const std::string name = sql::like_anywhere(filter.name);
    for (const std::string* text :
         {&std::as_const(states), &filter.account, &filter.partition, &name}) {
        values.insert(values.end(), 2, *text);
    }
    for (const NumberRange& range : filter.amounts) {
        values.emplace_back(std::uint64_t{range.narrows()});
        values.emplace_back(range.least.value_or(0));
        values.emplace_back(range.most.value_or(kMost));
    }
    return values;
}

std::vector<sql::Value> values_of(const WasteOf& whose, std::uint32_t limit) {
    std::vector<sql::Value> values = values_of(whose);
    values.emplace_back(std::uint64_t{limit});
    return values;
}

}  // namespace

bool RankFilter::narrows() const {
    return !states.empty() || !account.empty() || !partition.empty() || !name.empty() ||
           std::any_of(amounts.begin(), amounts.end(),
                       [](const NumberRange& range) { return range.narrows(); });
}

Result<std::uint64_t> MariadbSummaryDb::count(const WasteOf& whose, std::uint32_t most) {
    if (whose.whose.logins.empty()) return std::uint64_t{0};
    const auto statement =
        sql::StatementMaker().make(queries::own::kWasteCount, whose.whose.logins.size());
    const auto found = session_.read(statement, values_of(whose, most),
                                     [](const sql::Row& row) { return row.u64("jobs"); });
    if (!found.ok()) return found.error();
    return found.value().empty() ? std::uint64_t{0} : found.value().front();
}

Result<Waste> MariadbSummaryDb::waste(const WasteOf& whose) {
    if (whose.whose.logins.empty()) return Waste{};
    const auto statement =
        sql::StatementMaker().make(queries::own::kWasteWhole, whose.whose.logins.size());
    auto found = session_.read(statement, values_of(whose), read_waste);
    if (!found.ok()) return found.error();
    std::vector<Waste> rows = std::move(found).value();
    return rows.empty() ? Waste{} : std::move(rows.front());
}

Result<std::vector<Waste>> MariadbSummaryDb::waste_by_name(const Ranking& ranking) {
    const std::vector<std::string>& logins = ranking.jobs.whose.logins;
    if (logins.empty()) return std::vector<Waste>{};
    const auto statement = sql::StatementMaker().make(queries::own::kWasteByName, logins.size());
    std::vector<sql::Value> values = values_of(ranking.jobs);
    values.insert(values.end(), {ranking.gpu_weight, ranking.core_weight});
    values.emplace_back(std::uint64_t{ranking.limit});
    return session_.read(statement, values, read_named_waste);
}

Result<std::optional<TimeRange>> MariadbSummaryDb::span() {
    using Span = std::optional<TimeRange>;
    const auto found =
        session_.read(sql::plain(queries::own::kSummarySpan), {}, [](const sql::Row& row) -> Span {
            if (row.is_null("first")) return std::nullopt;
            return TimeRange{from_unix(row.u32("first")), from_unix(row.u32("last"))};
        });
    if (!found.ok()) return found.error();
    return found.value().empty() ? Span{} : found.value().front();
}

Result<std::vector<Summary>> MariadbSummaryDb::ranked(const Ranking& ranking) {
    const std::vector<std::string>& logins = ranking.jobs.whose.logins;
    if (logins.empty()) return std::vector<Summary>{};
    const bool narrowed = ranking.filter.narrows();
    sql::StatementMaker maker;
    maker.set_job_columns(summary_columns("parts"));
    maker.set_job_filter(narrowed ? queries::own::kRankedFilter.text : "true");
    std::vector<sql::Value> values{static_cast<std::uint64_t>(ranking.rank), ranking.gpu_weight,
                                   ranking.core_weight};
    const auto add = [&](const std::vector<sql::Value>& more) {
        values.insert(values.end(), more.begin(), more.end());
    };
    add(values_of(ranking.jobs));
    if (narrowed) add(values_of(ranking.filter));
    add({std::uint64_t{ranking.limit}, std::uint64_t{ranking.skip}});
    return session_.read(maker.make(queries::own::kRanked, logins.size()), values, read_summary);
}

Result<std::vector<Summary>> MariadbSummaryDb::alike(const RunsOf& kind, std::uint32_t limit) {
    if (kind.whose.logins.empty()) return std::vector<Summary>{};
    std::vector<sql::Value> values = values_of(kind.whose);
    values.insert(values.end(), {kind.stem, kind.account, std::uint64_t{limit}});
    const auto statement =
        sql::StatementMaker().make(queries::own::kRunsAlike, kind.whose.logins.size());
    return session_.read(statement, values, read_summary);
}

Result<std::vector<std::string>> MariadbSummaryDb::accounts(const RunsOf& kind,
                                                            std::uint32_t limit) {
    if (kind.whose.logins.empty()) return std::vector<std::string>{};
    std::vector<sql::Value> values = values_of(kind.whose);
    values.insert(values.end(), {kind.stem, std::uint64_t{limit}});
    const auto statement =
        sql::StatementMaker().make(queries::own::kRunsAccounts, kind.whose.logins.size());
    return session_.read(statement, values,
                         [](const sql::Row& row) { return row.bytes("account"); });
}

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
    const std::uint64_t from = std::max(unsigned_unix_seconds(range.from), after.end);
    return session_.read(
        sql::plain(queries::own::kSummaryBetween),
        {from, unsigned_unix_seconds(range.to), after.end, after.row, std::uint64_t{limit}},
        read_summary);
}

Result<bool> MariadbSummaryDb::write(const Summary& summary, const Lease& lease) {
    return session_.at_once([&]() -> Result<bool> {
        if (auto failed = mark_days_of(summary, lease)) return std::move(*failed);
        std::vector<sql::Value> values = database::values_of(summary);
        const auto statement =
            sql::StatementMaker().make(queries::own::kSummaryWrite, values.size());
        for (const sql::Value& value :
             {sql::Value{lease.name}, sql::Value{lease.holder}, sql::Value{lease.term}}) {
            values.push_back(value);
        }
        const auto written = session_.write(statement, values, sql::Repeat::Harmless);
        if (!written.ok()) return written.error();
        return written.value() > 0;
    });
}

/// That on which the job ended, and the one that an earlier summary has.
std::optional<SourceError> MariadbSummaryDb::mark_days_of(const Summary& summary,
                                                          const Lease& lease) {
    const auto earlier = session_.read(sql::plain(queries::own::kSummaryEnd), {summary.job_db_inx},
                                       [](const sql::Row& row) { return row.u32("time_end"); });
    if (!earlier.ok()) return earlier.error();
    std::set<Day> days = {day_of(from_unix(summary.time_end))};
    for (const std::uint32_t end : earlier.value()) days.insert(day_of(from_unix(end)));
    for (const Day day : days) {
        if (auto failed = mark_day(session_, day, lease)) return failed;
    }
    return std::nullopt;
}

Result<std::uint64_t> MariadbSummaryDb::prune(Instant before, std::uint32_t limit,
                                              const Lease& lease) {
    return session_.at_once([&]() -> Result<std::uint64_t> {
        if (auto failed = mark_days_before(session_, day_of(before) + 1, lease)) {
            return std::move(*failed);
        }
        return session_.write(sql::plain(queries::own::kSummaryPrune),
                              {unsigned_unix_seconds(before), lease.name, lease.holder, lease.term,
                               std::uint64_t{limit}},
                              sql::Repeat::Harmless);
    });
}

}  // namespace portal::database
