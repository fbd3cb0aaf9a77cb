#include "handlers/sources/own/summaries/mariadb_task_db.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sql/portal_queries.h"

namespace portal::database {
namespace {

using sql::plain;
using sql::Value;

constexpr auto kLease = static_cast<std::uint64_t>(kLeaseTime.count());
/// How long those who look after the portal wait for this.
constexpr Milliseconds kPatience{500};
constexpr std::size_t kLongestError = 250;

std::optional<std::uint64_t> number(const sql::Row& row, const char* column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.u64(column));
}

Value bound(const std::optional<std::uint64_t>& number) {
    if (!number) return std::monostate{};
    return *number;
}

TaskState read_task(const sql::Row& row) {
    TaskState state{.name = row.bytes("name"),
                    .place = {row.u64("position_end"), row.u64("position_row")},
                    .done = row.u64("done"),
                    .failed = row.u64("failed"),
                    .behind_s = number(row, "behind_s"),
                    .behind_jobs = number(row, "behind_jobs"),
                    .slow = row.u32("slow") != 0,
                    .stepped = from_unix(row.u32("stepped")),
                    .error = row.bytes("error"),
                    .error_at = std::nullopt};
    if (!row.is_null("error_at")) state.error_at = from_unix(row.u32("error_at"));
    return state;
}

/// ASCII, so that it may be cut anywhere.
std::string cut(const std::string& error) {
    std::string shown = error.substr(0, kLongestError);
    for (char& c : shown) {
        if (c < ' ' || c > '~') c = '?';
    }
    return shown;
}

std::vector<Value> values_of(const TaskState& state) {
    std::optional<std::uint64_t> error_at;
    if (state.error_at) error_at = unsigned_unix_seconds(*state.error_at);
    return {state.name,
            state.place.end,
            state.place.row,
            state.done,
            state.failed,
            bound(state.behind_s),
            bound(state.behind_jobs),
            std::uint64_t{state.slow ? 1U : 0U},
            unsigned_unix_seconds(state.stepped),
            cut(state.error),
            bound(error_at)};
}

}  // namespace

Result<bool> MariadbTaskDb::change(const sql::Statement& statement,
                                   const std::vector<Value>& values) {
    const auto changed = session_.write(statement, values, sql::Repeat::Harmless);
    if (!changed.ok()) return changed.error();
    return changed.value() > 0;
}

Result<std::optional<Lease>> MariadbTaskDb::take(std::string_view name, std::string_view holder) {
    return session_.together([&]() -> Result<std::optional<Lease>> {
        const auto tried = change(plain(queries::own::kLeaseTake),
                                  {std::string(name), std::string(holder), kLease});
        if (!tried.ok()) return tried.error();
        const auto term =
            session_.read(plain(queries::own::kLeaseTerm), {std::string(name), std::string(holder)},
                          [](const sql::Row& row) { return row.u64("term"); });
        if (!term.ok()) return term.error();
        if (term.value().empty()) return std::optional<Lease>{};
        return std::optional(Lease{std::string(name), std::string(holder), term.value().front()});
    });
}

Result<bool> MariadbTaskDb::renew(const Lease& lease) {
    return change(plain(queries::own::kLeaseRenew), {kLease, lease.name, lease.holder, lease.term});
}

Result<bool> MariadbTaskDb::end(const Lease& lease) {
    return change(plain(queries::own::kLeaseEnd), {lease.name, lease.holder, lease.term});
}

Result<std::vector<TaskState>> MariadbTaskDb::tasks() {
    return session_.read(plain(queries::own::kTaskList), {}, read_task);
}

Result<bool> MariadbTaskDb::note(const TaskState& state, const Lease& lease) {
    std::vector<Value> values = values_of(state);
    const auto statement = sql::StatementMaker().make(queries::own::kTaskNote, values.size());
    for (const Value& value : {Value{lease.name}, Value{lease.holder}, Value{lease.term}}) {
        values.push_back(value);
    }
    return change(statement, values);
}

Result<BackgroundState> MariadbTaskDb::background() {
    const Deadline whole = request_.deadline;
    request_.deadline = whole.capped(kPatience);
    auto found = session_.together([&]() -> Result<BackgroundState> {
        const auto lease = session_.read(
            plain(queries::own::kLeaseState), {std::string(kBackgroundLease)},
            [](const sql::Row& row) { return std::pair(row.bytes("holder"), row.u32("held")); });
        if (!lease.ok()) return lease.error();
        auto states = tasks();
        if (!states.ok()) return states.error();
        BackgroundState state{false, {}, std::move(states).value()};
        if (lease.value().empty()) return state;
        state.holder = lease.value().front().first;
        state.runs = lease.value().front().second != 0;
        return state;
    });
    request_.deadline = whole;
    return found;
}

}  // namespace portal::database
