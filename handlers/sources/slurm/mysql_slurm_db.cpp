#include "handlers/sources/slurm/mysql_slurm_db.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

#include "handlers/sources/slurm/job_columns.h"
#include "handlers/sources/slurm/list_query.h"
#include "handlers/sources/slurm/step_usage.h"
#include "handlers/sources/sql/list.h"
#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

constexpr std::size_t kUsageAtOnce = 512;
constexpr std::uint64_t kMostCounted = 100'000;
constexpr auto kSchemaKept = std::chrono::minutes{5};
/// Components of a het job are submitted, and requeued, at once.
constexpr Seconds kAtOnce = kHour;

sql::SessionSettings session_settings(const Settings& settings) {
    sql::SessionSettings made = settings;
    // A latin1 client gets back the bytes that Slurm's latin1 client wrote.
    if (settings.text == Settings::Text::Bytes) made.charset = "latin1";
    return made;
}

StepRow read_step(const sql::Row& row) {
    return {.db_index = row.u64("job_db_inx"),
            .user_seconds = row.u64("user_sec"),
            .user_microseconds = row.u64("user_usec"),
            .system_seconds = row.u64("sys_sec"),
            .system_microseconds = row.u64("sys_usec"),
            .usage_of_one_task = row.bytes("tres_usage_in_max"),
            .usage_of_all_tasks = row.bytes("tres_usage_in_tot"),
            .start = row.u64("time_start"),
            .end = row.u64("time_end"),
            .outside = row.u64("outside") != 0};
}

/// Without those whose end was lost.
std::vector<Job> those_that_run(std::vector<Job> jobs) {
    std::erase_if(jobs, [](const Job& job) { return !job.runs(); });
    return jobs;
}

/// The first `limit` of the jobs, and where the list goes on if there are more.
JobSlice slice(std::vector<Job> jobs, const Owner& owner, std::uint32_t limit) {
    JobSlice out{std::move(jobs), {}, {}};
    if (out.jobs.size() > limit) {
        out.jobs.resize(limit);
        out.next = out.jobs.back().position;
    }
    const auto others = [&](const Job& job) { return !is_of(owner, job); };
    out.of_others = std::erase_if(out.jobs, others) > 0;
    return out;
}

}  // namespace

MysqlSlurmDb::MysqlSlurmDb(const Settings& settings, const Clock& clock, const SourceTerms& terms)
    : clock_(clock),
      text_(settings.text),
      lost_after_(settings.lost_after),
      session_(session_settings(settings), SourceId::Slurm, terms),
      statements_(settings.cluster) {
    statements_.set_job_columns(job_columns(Associations::Hidden));
    statements_.set_job_filter(job_filter({}, QosNames::Hidden));
}

MysqlSlurmDb::Submissions MysqlSlurmDb::submitted_around(const Job& job, Seconds time) {
    return {unsigned_unix_seconds(job.submitted - time),
            unsigned_unix_seconds(job.submitted + time)};
}

std::optional<SourceError> MysqlSlurmDb::ready() {
    if (auto failed = session_.connect()) return failed;
    const bool known = schema_connection_ == session_.connections() &&
                       clock_.steady() - schema_read_ < kSchemaKept;
    if (known) return std::nullopt;
    auto schema = read_schema(session_, statements_);
    if (!schema.ok()) return schema.error();
    schema_ = std::move(schema).value();
    schema_connection_ = session_.connections();
    schema_read_ = clock_.steady();
    return std::nullopt;
}

Job MysqlSlurmDb::job(const JobRow& row) const {
    return make_job(row, schema_.gpus, clock_.now(), text_, lost_after_);
}

Result<std::vector<Job>> MysqlSlurmDb::jobs(const queries::Query& query, const Values& values,
                                            std::size_t list_length) {
    const auto found = read(query, values, read_job_row, list_length);
    if (!found.ok()) return found.error();
    std::vector<Job> out;
    out.reserve(found.value().size());
    for (const JobRow& row : found.value()) out.push_back(job(row));
    return out;
}

Result<std::vector<Job>> MysqlSlurmDb::jobs_of(const Owner& owner, const queries::Query& query,
                                               const Values& values) {
    auto found = jobs(query, values);
    if (!found.ok()) return found;
    std::vector<Job> own = std::move(found).value();
    std::erase_if(own, [&](const Job& job) { return !is_of(owner, job); });
    return own;
}

Result<std::vector<Job>> MysqlSlurmDb::attempts(const Owner& owner, JobId id) {
    return jobs_of(owner, queries::kAttempts,
                   {std::uint64_t{id.value}, std::uint64_t{owner.uid.value}});
}

Result<JobSlice> MysqlSlurmDb::list(const Owner& owner, ListPart part, const JobFilter& filter,
                                    const std::optional<JobCursor>& after, std::uint32_t limit) {
    const JobFilter used = bounded(filter, part, clock_.now());
    const std::uint32_t shown = std::clamp(limit, 1U, kLongestPage);
    if (!list_query(owner.uid, part, used, after, {})) return JobSlice{};
    auto page = search(owner, part, used, after, shown);
    if (!page.ok()) return page;
    JobSlice found = std::move(page).value();
    found.searched_from = used.from;
    return found;
}

Result<std::optional<Instant>> MysqlSlurmDb::reach_of_step(Uid owner, ListPart part,
                                                           const JobFilter& filter,
                                                           const std::optional<JobCursor>& after) {
    if (!goes_in_steps(filter, part)) return std::optional<Instant>{};
    const ListQuery query = step_query(owner, part, filter, after);
    const auto found =
        read(query.query, query.values, [](const sql::Row& row) { return row.u32("reach"); });
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Instant>{};
    return std::optional(from_unix(found.value().front()));
}

Result<JobSlice> MysqlSlurmDb::search(const Owner& owner, ListPart part, const JobFilter& filter,
                                      std::optional<JobCursor> after, std::uint32_t shown) {
    const auto until = clock_.steady() + kSearchTime;
    std::vector<Job> found;
    ListPage page{.rows = shown + 1, .now = clock_.now()};
    bool through = true;  // with the step
    while (true) {
        if (through) {
            const auto reach = reach_of_step(owner.uid, part, filter, after);
            if (!reach.ok()) return reach.error();
            page.reach = reach.value();
        }
        const auto query = list_query(owner.uid, part, filter, after, page);
        const auto rows = jobs(query->query, query->values, query->states);
        if (!rows.ok()) return rows.error();
        std::copy_if(rows.value().begin(), rows.value().end(), std::back_inserter(found),
                     [&](const Job& job) { return fits(filter, job); });
        through = rows.value().size() < page.rows;
        const bool done = found.size() > shown || (through && !page.reach);
        if (done) return slice(std::move(found), owner, shown);
        after = through ? cursor_before(part, *page.reach) : rows.value().back().position;
        if (clock_.steady() < until) continue;
        JobSlice so_far = slice(std::move(found), owner, shown);
        so_far.next = after;
        so_far.searched_back_to = reached(part, *after);
        return so_far;
    }
}

Result<std::optional<Uid>> MysqlSlurmDb::former_number(const Owner& owner) {
    if (auto failed = ready()) return *std::move(failed);
    const std::size_t logins = std::min(owner.logins.size(), sql::StatementMaker::kLongestList);
    if (logins == 0 || schema_.associations == Associations::Hidden) return std::optional<Uid>{};
    Values values(owner.logins.begin(), owner.logins.begin() + static_cast<std::ptrdiff_t>(logins));
    values.emplace_back(std::uint64_t{owner.uid.value});
    const auto found = read(
        queries::kFormerNumber, values, [](const sql::Row& row) { return Uid{row.u32("id_user")}; },
        logins);
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Uid>{};
    return std::optional(found.value().front());
}

Result<std::vector<Job>> MysqlSlurmDb::running(const Owner& owner) {
    auto found = jobs_of(owner, queries::kRunning,
                         {std::uint64_t{owner.uid.value}, std::uint64_t{kMostRunning}});
    if (!found.ok()) return found;
    return those_that_run(std::move(found).value());
}

Result<std::vector<Job>> MysqlSlurmDb::running_in(const RunningFilter& filter,
                                                  std::uint32_t limit) {
    const std::string partition =
        filter.partition.empty() ? "%" : sql::like_anywhere(filter.partition);
    auto found = jobs(queries::kRunningIn, {unsigned_unix_seconds(filter.eligible),
                                            unsigned_unix_seconds(filter.started), partition,
                                            std::uint64_t{std::clamp(limit, 1U, kLongestPage)}});
    if (!found.ok()) return found;
    return those_that_run(std::move(found).value());
}

Result<EndedSlice> MysqlSlurmDb::ended(const EndedPlace& after, Instant until,
                                       std::uint32_t limit) {
    const std::uint64_t rows = std::clamp(limit, 1U, kLongestPage);
    const std::uint64_t end = unsigned_unix_seconds(until);
    constexpr auto kLast = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t from = after.db_index == kLast ? after.end + 1 : after.end;
    if (from > end) return EndedSlice{{}, after, false};
    return session_.together([&]() -> Result<EndedSlice> {
        const auto reach = read(queries::kEndedReach, {from, end, rows},
                                [](const sql::Row& row) { return row.u64("reach"); });
        if (!reach.ok()) return reach.error();
        EndedSlice slice{{}, after, !reach.value().empty()};
        const std::uint64_t last = slice.more ? reach.value().front() : end;
        auto found = jobs(queries::kEnded, {from, last, after.end, after.db_index, rows});
        if (!found.ok()) return found.error();
        slice.jobs = std::move(found).value();
        const bool full = slice.jobs.size() == rows;
        slice.more = slice.more || full;
        if (full || (!slice.more && !slice.jobs.empty())) {
            const JobCursor& place = slice.jobs.back().position;
            slice.reached = {static_cast<std::uint64_t>(place.ended), place.db_index};
        } else if (slice.more) {
            slice.reached = {last, kLast};
        }
        return slice;
    });
}

Result<std::uint64_t> MysqlSlurmDb::ended_count(Instant after, Instant until) {
    const auto found =
        read(queries::kEndedCount,
             {unsigned_unix_seconds(after), unsigned_unix_seconds(until), kMostCounted},
             [](const sql::Row& row) { return row.u64("ended"); });
    if (!found.ok()) return found.error();
    return found.value().empty() ? 0 : found.value().front();
}

Result<std::vector<Job>> MysqlSlurmDb::bearers(JobId id) {
    return jobs(queries::kBearers, {std::uint64_t{id.value}});
}

Result<std::vector<Job>> MysqlSlurmDb::het_components(const Owner& owner, const Job& component) {
    const auto [from, to] = submitted_around(component, kAtOnce);
    auto found = jobs_of(
        owner, queries::kHetComponents,
        {std::uint64_t{component.het_job.value_or(component.id).value},
         std::uint64_t{owner.uid.value}, from, to, unsigned_unix_seconds(component.submitted)});
    if (!found.ok()) return found;
    std::vector<Job> components = std::move(found).value();
    const auto same = [](const Job& a, const Job& b) { return a.het_offset == b.het_offset; };
    components.erase(std::unique(components.begin(), components.end(), same), components.end());
    return components;
}

Result<std::map<std::uint64_t, StepUsage>> MysqlSlurmDb::usage(
    std::span<const std::uint64_t> attempts) {
    // Each once, or its steps would come with two of the questions.
    const std::set<std::uint64_t> once(attempts.begin(), attempts.end());
    const std::vector<std::uint64_t> keys(once.begin(), once.end());
    return session_.together([&]() -> Result<std::map<std::uint64_t, StepUsage>> {
        std::vector<StepRow> steps;
        std::span<const std::uint64_t> left = keys;
        while (!left.empty()) {
            const auto some = left.first(std::min(kUsageAtOnce, left.size()));
            const auto values = sql::list_values(some);
            const auto found = read(queries::kUsage, values, read_step, values.size());
            if (!found.ok()) return found.error();
            steps.insert(steps.end(), found.value().begin(), found.value().end());
            left = left.subspan(some.size());
        }
        return add_steps(steps);
    });
}

Result<std::optional<std::string>> MysqlSlurmDb::script(std::uint64_t attempt) {
    using Script = std::optional<std::string>;
    return session_.together([&]() -> Result<Script> {
        if (auto failed = ready()) return std::move(*failed);
        if (schema_.scripts == Schema::Scripts::None) return Script{};
        const auto& query = schema_.scripts == Schema::Scripts::Shared ? queries::kScriptShared
                                                                       : queries::kScriptInline;
        const auto found =
            read(query, {attempt}, [](const sql::Row& row) { return row.bytes("batch_script"); });
        if (!found.ok()) return found.error();
        const bool none = found.value().empty() || found.value().front().empty();
        return none ? Script{} : Script(found.value().front());
    });
}

}  // namespace portal::slurm
