#include "handlers/jobstats/user/job_export.h"

#include <algorithm>
#include <array>
#include <utility>

#include "handlers/access/person.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobs/list_verdict.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobstats/user/ranked_export.h"
#include "handlers/page/csv_cell.h"
#include "handlers/page/errors.h"
#include "views/base/format.h"

namespace portal::jobstats {
namespace {

using slurm::Job;
using slurm::ListPart;

constexpr std::uint32_t kRowsOfPart = 1000;

struct RowFacts {
    const Job& job;
    const slurm::StepUsage& usage;
    Instant now;
};

struct Column {
    std::string_view head;
    std::string (*text)(const RowFacts& row);
};

/// "2026-01-31T12:00:00Z"; nothing for what is not known.
std::string moment(const std::optional<Instant>& when) {
    return when ? views::format::iso(*when) : "";
}

std::string seconds(const std::optional<Seconds>& time) {
    return time ? std::to_string(time->count()) : "";
}

std::string count(std::uint64_t number) {
    return number == 0 ? "" : std::to_string(number);
}

std::string bytes(const std::optional<Bytes>& amount) {
    return amount ? count(amount->count) : "";
}

constexpr auto kColumns = std::to_array<Column>({
    {"job", [](const RowFacts& r) { return csv_cell(job_number(r.job)); }},
    {"name", [](const RowFacts& r) { return csv_cell(r.job.name); }},
    {"account", [](const RowFacts& r) { return csv_cell(r.job.account); }},
    {"partition", [](const RowFacts& r) { return csv_cell(r.job.partition); }},
    {"state", [](const RowFacts& r) { return std::string(slurm_name(r.job.state)); }},
    {"submitted", [](const RowFacts& r) { return moment(r.job.submitted); }},
    {"eligible", [](const RowFacts& r) { return moment(r.job.eligible); }},
    {"started", [](const RowFacts& r) { return moment(r.job.started); }},
    {"ended", [](const RowFacts& r) { return moment(r.job.ended); }},
    {"run time [s]", [](const RowFacts& r) { return seconds(ran_so_far(r.job, r.now)); }},
    {"time limit [s]", [](const RowFacts& r) { return seconds(r.job.time_limit); }},
    {"nodes", [](const RowFacts& r) { return count(size_of(r.job).nodes); }},
    {"cores", [](const RowFacts& r) { return count(size_of(r.job).cores); }},
    {"memory [B]", [](const RowFacts& r) { return count(size_of(r.job).memory.count); }},
    {"GPUs", [](const RowFacts& r) { return std::to_string(size_of(r.job).gpus.count); }},
    {"GPU model", [](const RowFacts& r) { return csv_cell(size_of(r.job).gpus.model); }},
    {"CPU time used [s]", [](const RowFacts& r) { return seconds(r.usage.cpu_time); }},
    {"peak memory used [B]", [](const RowFacts& r) { return bytes(r.usage.peak_memory); }},
    {"exit code", [](const RowFacts& r) { return std::to_string(r.job.exit_code.code); }},
    {"signal", [](const RowFacts& r) { return std::to_string(r.job.exit_code.signal); }},
});

std::string heads() {
    std::string text;
    for (const Column& column : kColumns) {
        if (&column != kColumns.data()) text += ',';
        text += csv_cell(column.head);
    }
    return text.append(kRowEnd);
}

void add_row(std::string& text, const RowFacts& row) {
    for (const Column& column : kColumns) {
        if (&column != kColumns.data()) text += ',';
        text += column.text(row);
    }
    text += kRowEnd;
}

/// A row that says why there are no more.
std::string last_row(std::string_view reason) {
    return csv_cell(reason) + std::string(kColumns.size() - 1, ',') + std::string(kRowEnd);
}

constexpr std::array kParts = {ListPart::Pending, ListPart::Started, ListPart::NeverStarted};

}  // namespace

std::string_view slurm_name(JobState state) {
    constexpr auto kNames = std::to_array<std::pair<JobState, std::string_view>>({
        {JobState::Pending, "PENDING"},
        {JobState::Running, "RUNNING"},
        {JobState::Suspended, "SUSPENDED"},
        {JobState::Completed, "COMPLETED"},
        {JobState::Cancelled, "CANCELLED"},
        {JobState::Failed, "FAILED"},
        {JobState::Timeout, "TIMEOUT"},
        {JobState::NodeFail, "NODE_FAIL"},
        {JobState::Preempted, "PREEMPTED"},
        {JobState::BootFail, "BOOT_FAIL"},
        {JobState::Deadline, "DEADLINE"},
        {JobState::OutOfMemory, "OUT_OF_MEMORY"},
        {JobState::Requeued, "REQUEUED"},
        {JobState::Resized, "RESIZING"},
        {JobState::Revoked, "REVOKED"},
    });
    for (const auto& [one, name] : kNames) {
        if (one == state) return name;
    }
    return "UNKNOWN";
}

std::string job_file_name(const std::string& owner, Instant now) {
    return "jobs-" + owner + "-" + views::format::iso(now).substr(0, 10) + ".csv";
}

JobFile::JobFile(slurm::Owner owner, const UserQuery& query, Result<LiveUses> live,
                 std::uint32_t most, Context& context)
    : owner_(std::move(owner)),
      filter_(query.filter),
      wasteful_(query.wasteful),
      live_(std::move(live)),
      left_(most),
      context_(context) {}

Result<std::string> JobFile::begin() {
    auto rows = next();
    // A part that has ended cost one question; a search that goes on may cost many.
    while (rows.ok() && rows.value().empty() && !cursor_ && part_ < kParts.size()) rows = next();
    if (!rows.ok()) return rows.error();
    return heads() + rows.value();
}

std::string JobFile::go_on() {
    while (part_ < kParts.size() && left_ > 0) {
        const auto rows = next();
        if (!rows.ok()) {
            log_missing(rows.error());
            over_ = true;
            part_ = kParts.size();
            return last_row("incomplete: Slurm's database did not answer in time");
        }
        if (!rows.value().empty()) return rows.value();
    }
    return std::exchange(over_, true) ? "" : end();
}

std::string JobFile::end() {
    if (has_more()) {
        return last_row("cut: more jobs may match than a file holds. Narrow the filter.");
    }
    if (!searched_from_) return "";
    return last_row("the filter looked back to " + views::format::iso(*searched_from_));
}

Result<std::string> JobFile::next() {
    auto slice =
        context_.slurm.list(owner_, kParts[part_], filter_, cursor_, std::min(kRowsOfPart, left_));
    if (!slice.ok()) return slice.error();
    const auto usages = read_step_usages(slice.value().jobs, context_);
    if (!usages.ok()) return usages.error();
    const auto& from = slice.value().searched_from;
    if (from && from != filter_.from) searched_from_ = from;
    cursor_ = slice.value().next;
    if (!cursor_) ++part_;
    return rows_of(slice.value().jobs, usages.value());
}

std::string JobFile::rows_of(const std::vector<Job>& jobs, const StepUsages& usages) {
    static const slurm::StepUsage kNone;
    const JobUses uses{live_, usages, wasteful_ ? read_kept_uses(jobs, context_) : KeptUses{}};
    std::string text;
    for (const Job& job : jobs) {
        const bool left_out =
            wasteful_ && !is_wasteful(measured_row(job, uses, {}, context_).verdict);
        if (left_out) continue;
        const auto usage = usages.find(job.db_index);
        add_row(text, {job, usage == usages.end() ? kNone : usage->second, context_.clock.now()});
        --left_;
    }
    return text;
}

bool JobFile::has_more() {
    for (; part_ < kParts.size(); ++part_, cursor_.reset()) {
        const auto slice = context_.slurm.list(owner_, kParts[part_], filter_, cursor_, 1);
        if (!slice.ok() || !slice.value().jobs.empty() || slice.value().next) return true;
    }
    return false;
}

Response job_export(const Visit& visit, Context& context) {
    const UserQuery query = parse_user_query(visit.request, context.clock.now());
    const auto person = person_of(visit, context);
    if (!person.ok()) return source_missing_page(visit, context, person.error());
    if (query.ranked()) return ranked_export(visit, jobs_owner(person.value()), query, context);
    Result<LiveUses> live = LiveUses{};
    if (query.wasteful && context.site.exporters.job.enabled) {
        const auto ticket = ask_live_use(visit.captures.username, context);
        const auto running = context.slurm.running(jobs_owner(person.value()));
        live = collect_live_use(ticket, beginnings_of(running), context);
    }
    JobFile file(jobs_owner(person.value()), query, std::move(live), kMostExported, context);
    const auto first = file.begin();
    if (!first.ok()) return source_missing_page(visit, context, first.error());
    Response response = csv_file(job_file_name(visit.captures.username.value, context.clock.now()));
    response.body += first.value();
    response.more = [file]() mutable { return file.go_on(); };
    return response;
}

}  // namespace portal::jobstats
