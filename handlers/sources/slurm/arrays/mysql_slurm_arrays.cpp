#include "handlers/sources/slurm/arrays/mysql_slurm_arrays.h"

#include <algorithm>
#include <map>
#include <utility>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "handlers/sources/sql/list.h"
#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

/// Tasks of one array are submitted at once; those that were requeued, a while later. Counts only
/// where no row has the array's own number.
constexpr Seconds kRequeuedIn = 60 * kDay;
constexpr std::uint64_t kAnyTime = 4294967295U;
constexpr double kWholeCrc = 4294967295.0;
constexpr std::uint64_t kAnyState = 4294967295U;

std::uint64_t array_of(const Job& job) {
    return job.array.value_or(job.id).value;
}

std::uint64_t once_of(const Job& of) {
    return of.array_once ? 1 : 0;
}

std::uint64_t seconds_of(Seconds time) {
    return static_cast<std::uint64_t>(time.count());
}

std::uint64_t limited(std::uint32_t limit) {
    return std::clamp(limit, 1U, kLongestPage);
}

JobState state_in(const sql::Row& row) {
    return row.u32("lost") != 0 ? JobState::EndLost : job_state(row.u32("state"));
}

std::optional<Instant> instant_in(const sql::Row& row, const char* column, std::int64_t unit) {
    const std::uint32_t value = row.u32(column);
    return value == 0 ? std::nullopt : std::optional(from_unix(unit * value));
}

std::uint64_t read_key(const sql::Row& row) {
    return row.u64("job_db_inx");
}

}  // namespace

ArrayCount read_count(const sql::Row& row) {
    return {.state = state_in(row),
            .state_number = row.u32("state"),
            .hour = instant_in(row, "hour_ended", kHour.count()),
            .tasks = row.u64("tasks"),
            .began = instant_in(row, "began", 1),
            .first_task = row.u32("first_task"),
            .last_task = row.u32("last_task"),
            .first_submitted = from_unix(row.u32("first_submit")),
            .last_submitted = from_unix(row.u32("last_submit"))};
}

TaskMark read_mark(const sql::Row& row) {
    return {row.u64("job_db_inx"), row.u32("id_array_task"), state_in(row), row.u32("state")};
}

MysqlSlurmDb::Submissions MysqlSlurmDb::submissions_of_array(const Job& job) {
    Submissions all = submitted_around(job, kRequeuedIn);
    if (job.array_began) all = {unsigned_unix_seconds(*job.array_began), kAnyTime};
    if (job.array_next) all.to = unsigned_unix_seconds(*job.array_next) - 1;
    return all;
}

Result<std::vector<Job>> MysqlSlurmDb::array_tasks(const Owner& owner, const Job& task,
                                                   std::uint32_t limit) {
    const auto [from, to] = submissions_of_array(task);
    const auto keys = read(
        queries::kArrayTasks,
        {array_of(task), std::uint64_t{owner.uid.value}, from, to, to, limited(limit)}, read_key);
    if (!keys.ok()) return keys.error();
    auto found = rows(owner, keys.value());
    if (!found.ok()) return found;
    std::vector<Job> tasks = std::move(found).value();
    std::sort(tasks.begin(), tasks.end(),
              [](const Job& a, const Job& b) { return a.array_task < b.array_task; });
    return tasks;
}

Result<std::optional<Job>> MysqlSlurmDb::array_task(const Owner& owner, JobId array,
                                                    std::uint32_t task,
                                                    std::optional<Instant> before) {
    const std::uint64_t number = array.value;
    const std::uint64_t uid = owner.uid.value;
    const std::uint64_t end = before ? unsigned_unix_seconds(*before) : kAnyTime;
    const auto keys = read(queries::kArrayTask, {number, uid, std::uint64_t{task}, end}, read_key);
    if (!keys.ok()) return keys.error();
    auto found = rows(owner, keys.value());
    if (!found.ok()) return found.error();
    auto rests = jobs_of(owner, queries::kArrayRests, {number, number, uid});
    if (!rests.ok()) return rests.error();
    std::optional<Job> newest;
    if (!found.value().empty()) newest = found.value().front();
    for (const Job& rest : rests.value()) {
        const bool later = !newest || newest->submitted < rest.submitted;
        if (before && rest.submitted >= *before) continue;
        if (later && holds_task(rest.array_rest, task)) newest = rest;
    }
    return newest;
}

Result<std::optional<Job>> MysqlSlurmDb::array(const Owner& owner, JobId id) {
    const std::uint64_t number = id.value;
    const std::uint64_t uid = owner.uid.value;
    const auto named = jobs_of(owner, queries::kAttempts, {number, uid});
    if (!named.ok()) return named.error();
    for (const Job& job : named.value()) {
        if (job.array == id) return std::optional(job);
    }
    const auto keys = read(queries::kArrayNewest, {number, uid}, read_key);
    if (!keys.ok()) return keys.error();
    const auto found = rows(owner, keys.value());
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Job>();
    return std::optional(found.value().front());
}

Result<std::vector<Job>> MysqlSlurmDb::array_rests(const Owner& owner, const Job& of) {
    const std::uint64_t number = array_of(of);
    auto found =
        jobs_of(owner, queries::kArrayRests, {number, number, std::uint64_t{owner.uid.value}});
    if (!found.ok()) return found;
    std::vector<Job> rests = std::move(found).value();
    const auto [from, to] = submissions_of_array(of);
    std::erase_if(rests, [from = from, to = to](const Job& rest) {
        const std::uint64_t submitted = unsigned_unix_seconds(rest.submitted);
        return submitted < from || submitted > to;
    });
    return rests;
}

Result<std::vector<ArrayCount>> MysqlSlurmDb::array_counts(const Job& of) {
    const auto [from, to] = submissions_of_array(of);
    const auto count = [&, from = from, to = to](std::uint64_t once) {
        return read(queries::kArrayCounts,
                    {seconds_of(lost_after_), unsigned_unix_seconds(clock_.now()), array_of(of),
                     std::uint64_t{of.owner.value}, from, to, once, to},
                    read_count);
    };
    auto counts = count(1);
    if (!counts.ok() || submitted_once(counts.value())) return counts;
    return count(0);
}

Result<std::vector<TaskMark>> MysqlSlurmDb::array_marks(const Job& of, std::uint32_t up_to,
                                                        std::uint32_t limit) {
    const auto [from, to] = submissions_of_array(of);
    return read(queries::kArrayMarks,
                {seconds_of(lost_after_), unsigned_unix_seconds(clock_.now()), array_of(of),
                 std::uint64_t{of.owner.value}, from, to, std::uint64_t{up_to}, once_of(of), to,
                 std::uint64_t{limit}},
                read_mark);
}

Result<std::vector<Job>> MysqlSlurmDb::array_page(const Owner& owner, const Job& of,
                                                  const TaskPage& page) {
    const auto [from, to] = submissions_of_array(of);
    const std::uint64_t state = page.state ? std::uint64_t{*page.state} : kAnyState;
    const auto keys =
        read(queries::kArrayPage,
             {static_cast<std::uint64_t>(page.by), array_of(of), std::uint64_t{owner.uid.value},
              from, to, state, state, once_of(of), to, std::uint64_t{page.descending ? 1U : 0U},
              limited(page.limit), std::uint64_t{page.offset}},
             read_key);
    if (!keys.ok()) return keys.error();
    return rows(owner, keys.value());
}

Result<std::vector<Job>> MysqlSlurmDb::array_draw(const Owner& owner, const Job& of, double share) {
    const auto [from, to] = submissions_of_array(of);
    const auto most = static_cast<std::uint64_t>(kWholeCrc * std::clamp(share, 0.0, 1.0));
    const auto keys = read(queries::kArrayDraw,
                           {array_of(of), std::uint64_t{owner.uid.value}, from, to, most,
                            once_of(of), to, std::uint64_t{kLongestPage}},
                           read_key);
    if (!keys.ok()) return keys.error();
    return rows(owner, keys.value());
}

Result<std::vector<Job>> MysqlSlurmDb::next_starts(const Owner& owner, Instant from,
                                                   std::uint32_t limit) {
    const std::uint64_t uid = owner.uid.value;
    const auto keys = read(queries::kNextStarts,
                           {uid, uid, unsigned_unix_seconds(from), limited(limit)}, read_key);
    if (!keys.ok()) return keys.error();
    return rows(owner, keys.value());
}

Result<std::vector<Job>> MysqlSlurmDb::rows(const Owner& owner,
                                            const std::vector<std::uint64_t>& keys) {
    if (keys.empty()) return std::vector<Job>();
    Values values = sql::list_values(keys);
    const std::size_t length = values.size();
    values.emplace_back(std::uint64_t{owner.uid.value});
    const auto found = read(queries::kRows, values, read_job_row, length);
    if (!found.ok()) return found.error();
    std::map<std::uint64_t, Job> by_key;
    for (const JobRow& row : found.value()) {
        Job one = job(row);
        if (is_of(owner, one)) by_key.emplace(one.db_index, std::move(one));
    }
    std::vector<Job> ordered;
    for (const std::uint64_t key : keys) {
        const auto one = by_key.find(key);
        if (one != by_key.end()) ordered.push_back(std::move(one->second));
    }
    return ordered;
}

}  // namespace portal::slurm
