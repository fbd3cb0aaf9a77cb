#include "handlers/sources/own/summaries/mariadb_day_db.h"

#include <algorithm>
#include <array>
#include <map>
#include <variant>

#include "handlers/sources/sql/list.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

using sql::plain;
using sql::Repeat;
using sql::Value;

/// As many days have sums of their own, if the first one's number can be divided by it.
constexpr Day kTen = 10;

struct Column {
    const char* name;
    std::variant<std::uint64_t DaySums::*, DaySums::Number DaySums::*> place;
};

/// Every number of job_day, once.
constexpr auto kColumns = std::to_array<Column>({
    {"jobs", &DaySums::jobs},
    {"short_jobs", &DaySums::short_jobs},
    {"limit_jobs", &DaySums::limit_jobs},
    {"limit_reached", &DaySums::limit_reached},
    {"requested_s", &DaySums::requested_s},
    {"ran_s", &DaySums::ran_s},
    {"core_s", &DaySums::core_s},
    {"known_core_s", &DaySums::known_core_s},
    {"used_core_s", &DaySums::used_core_s},
    {"wasted_core_s", &DaySums::wasted_core_s},
    {"memory_s", &DaySums::memory_s},
    {"known_memory_s", &DaySums::known_memory_s},
    {"used_memory_s", &DaySums::used_memory_s},
    {"wasted_memory_s", &DaySums::wasted_memory_s},
    {"gpu_s", &DaySums::gpu_s},
    {"known_gpu_s", &DaySums::known_gpu_s},
    {"used_gpu_s", &DaySums::used_gpu_s},
    {"wasted_gpu_s", &DaySums::wasted_gpu_s},
    {"energy_j", &DaySums::energy_j},
    {"cost", &DaySums::cost},
    {"wasted_cost", &DaySums::wasted_cost},
});

std::string sums_of_columns() {
    std::string list;
    for (const Column& column : kColumns) {
        list.append(list.empty() ? "sum(" : ", sum(").append(column.name).append(") as ");
        list.append(column.name);
    }
    return list;
}

struct Reader {
    const sql::Row& row;
    const char* name;
    DaySums& into;

    void operator()(std::uint64_t DaySums::*place) const { into.*place = row.u64(name); }
    void operator()(DaySums::Number DaySums::*place) const {
        if (!row.is_null(name)) into.*place = row.number(name);
    }
};

DaySums read_sums(const sql::Row& row) {
    DaySums sums;
    sums.name = row.bytes("name");
    for (const Column& column : kColumns) {
        std::visit(Reader{row, column.name, sums}, column.place);
    }
    return sums;
}

/// What somebody's jobs add up to.
struct PersonSums {
    DaySums sums;
    std::uint32_t id_user = 0;
};

/// A login that two people have, in two domains or one after the other, and none at all, are told
/// apart by their numbers.
std::vector<DaySums> named(std::vector<PersonSums> people) {
    std::map<std::string, int> times;
    for (const PersonSums& one : people) ++times[one.sums.name];
    std::vector<DaySums> rows;
    for (PersonSums& one : people) {
        const std::string number = std::to_string(one.id_user);
        std::string& name = one.sums.name;
        if (name.empty()) {
            name = number;
        } else if (times[name] > 1) {
            name += " (" + number + ")";
        }
        rows.push_back(std::move(one.sums));
    }
    return rows;
}

Result<std::vector<DaySums>> read_people(sql::Session& session, const sql::Statement& statement,
                                         const std::vector<Value>& values) {
    auto found = session.read(statement, values, [](const sql::Row& row) {
        return PersonSums{read_sums(row), row.u32("id_user")};
    });
    if (!found.ok()) return found.error();
    return named(std::move(found).value());
}

struct Adder {
    const DaySums& from;
    DaySums& into;

    void operator()(std::uint64_t DaySums::*place) const { into.*place += from.*place; }
    void operator()(DaySums::Number DaySums::*place) const {
        if (from.*place) into.*place = (into.*place).value_or(0) + *(from.*place);
    }
};

Value bound(Day day) {
    return std::uint64_t{day};
}

Value seconds(Day day) {
    return unsigned_unix_seconds(beginning_of(day));
}

Day down(Day day) {
    return day / kTen * kTen;
}

/// Single days before the tens that lie within, single days after them, and the tens.
std::vector<Value> parts_of(Days days) {
    const Day first = down(days.from + kTen - 1);
    const Day last = down(days.to);
    if (first >= last) {
        return {bound(days.from), bound(days.to), bound(0), bound(0), bound(0), bound(0)};
    }
    return {bound(days.from), bound(first), bound(last), bound(days.to), bound(first), bound(last)};
}

std::optional<SourceError> mark(sql::Session& session, const queries::Query& query, Day day,
                                const Lease& lease) {
    const auto marked = session.write(
        plain(query), {bound(day), lease.name, lease.holder, lease.term}, Repeat::Harmless);
    return marked.ok() ? std::nullopt : std::optional(marked.error());
}

/// Plain numbers of one column.
Result<std::vector<std::uint64_t>> numbers(sql::Session& session, const queries::Query& query,
                                           const std::vector<Value>& values, const char* column) {
    return session.read(plain(query), values, [&](const sql::Row& row) { return row.u64(column); });
}

}  // namespace

void DaySums::add(const DaySums& other) {
    for (const Column& column : kColumns) std::visit(Adder{other, *this}, column.place);
}

std::optional<SourceError> mark_day(sql::Session& session, Day day, const Lease& lease) {
    return mark(session, queries::own::kDayMark, day, lease);
}

std::optional<SourceError> mark_days_before(sql::Session& session, Day day, const Lease& lease) {
    return mark(session, queries::own::kDayMarkOld, day, lease);
}

MariadbDayDb::MariadbDayDb(sql::Session& session) : session_(session) {
    maker_.set_job_columns(sums_of_columns());
}

Result<std::vector<DaySums>> MariadbDayDb::of_all(Days days, By by) {
    const std::vector<Value> ends = {bound(days.from), bound(days.to)};
    switch (by) {
        case By::Person:
            return read_people(session_, maker_.make(queries::own::kDaysByLogin), parts_of(days));
        case By::Account:
            return session_.read(maker_.make(queries::own::kDaysByAccount), parts_of(days),
                                 read_sums);
        case By::Partition:
            return session_.read(maker_.make(queries::own::kDaysByPartition), ends, read_sums);
        case By::EachDay:
            break;
    }
    return session_.read(maker_.make(queries::own::kDaysByDay), ends, read_sums);
}

Result<std::vector<DaySums>> MariadbDayDb::of_account(std::span<const std::string> names, Days days,
                                                      By by) {
    if (names.empty()) return std::vector<DaySums>{};
    const bool by_day = by == By::EachDay;
    const queries::Query& query =
        by_day ? queries::own::kDaysOfAccountByDay : queries::own::kDaysOfAccountByLogin;
    std::vector<Value> values = sql::list_values(names);
    const auto statement = maker_.make(query, values.size());
    values.push_back(bound(days.from));
    values.push_back(bound(days.to));
    if (by_day) return session_.read(statement, values, read_sums);
    return read_people(session_, statement, values);
}

Result<std::vector<DaySums>> MariadbDayDb::of_person(const Whose& whose, Days days) {
    if (whose.logins.empty()) return std::vector<DaySums>{};
    std::vector<Value> values = sql::list_values(whose.logins);
    const auto statement = maker_.make(queries::own::kDaysOfPersonByDay, values.size());
    values.insert(values.end(), {std::uint64_t{whose.uid.value}, bound(days.from), bound(days.to)});
    return session_.read(statement, values, read_sums);
}

Result<std::optional<Day>> MariadbDayDb::due(Day from) {
    const auto found = numbers(session_, queries::own::kDayNext, {bound(from)}, "day");
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Day>{};
    return std::optional(static_cast<Day>(found.value().front()));
}

Result<bool> MariadbDayDb::make(Day day, const Lease& lease) {
    return session_.at_once([&]() -> Result<bool> {
        const auto locked = numbers(session_, queries::own::kDayLock, {bound(day)}, "day");
        if (!locked.ok()) return locked.error();
        const auto term =
            numbers(session_, queries::own::kLeaseTerm, {lease.name, lease.holder}, "term");
        if (!term.ok()) return term.error();
        if (term.value().empty() || term.value().front() != lease.term) return false;
        // Without its row nobody is kept from writing summaries meanwhile.
        if (locked.value().empty()) return true;
        return make_parts(day);
    });
}

Result<bool> MariadbDayDb::make_parts(Day day) {
    const Day first = down(day);
    const struct {
        const queries::Query& query;
        std::vector<Value> values;
    } steps[] = {
        {queries::own::kDayClear, {bound(day), bound(first), bound(day)}},
        {queries::own::kDayMake, {bound(day), seconds(day), seconds(day + 1)}},
        {queries::own::kDayTen, {bound(first), bound(first), bound(first + kTen)}},
        {queries::own::kDayWhole, {bound(day), bound(day)}},
        {queries::own::kDayMade, {bound(day)}},
    };
    for (const auto& step : steps) {
        const auto done = session_.write(plain(step.query), step.values, Repeat::Harmless);
        if (!done.ok()) return done.error();
    }
    return true;
}

Result<std::uint64_t> MariadbDayDb::check(Days days, const Lease& lease) {
    const auto unequal =
        numbers(session_, queries::own::kDayUnequal,
                {seconds(days.from), seconds(days.to), bound(days.from), bound(days.to)}, "day");
    if (!unequal.ok()) return unequal.error();
    for (const std::uint64_t day : unequal.value()) {
        if (auto failed = mark_day(session_, static_cast<Day>(day), lease)) return *failed;
    }
    return std::uint64_t{unequal.value().size()};
}

Result<std::optional<Day>> MariadbDayDb::first() {
    const auto found = session_.read(plain(queries::own::kDayFirst), {}, [](const sql::Row& row) {
        std::optional<Day> first;
        if (!row.is_null("time_end")) {
            first = day_of(from_unix(static_cast<std::int64_t>(row.u64("time_end"))));
        }
        if (!row.is_null("day")) first = std::min(first.value_or(row.u32("day")), row.u32("day"));
        return first;
    });
    if (!found.ok()) return found.error();
    return found.value().empty() ? std::optional<Day>{} : found.value().front();
}

}  // namespace portal::database
