#include "handlers/jobstats/array/array_data.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/jobstats/array/array_figures.h"
#include "handlers/page/errors.h"

namespace portal::jobstats {
namespace {

/// Drawn tasks whose steps are read: quartiles of so many are as good as those of all.
constexpr double kDrawn = 900;
/// All of so few are taken.
constexpr std::uint64_t kFew = 1000;

std::uint64_t sum_of(const std::vector<slurm::ArrayCount>& counts) {
    std::uint64_t sum = 0;
    for (const slurm::ArrayCount& count : counts) sum += count.tasks;
    return sum;
}

std::uint64_t completed_of(const std::vector<slurm::ArrayCount>& counts) {
    std::uint64_t sum = 0;
    for (const slurm::ArrayCount& count : counts) {
        if (count.state == JobState::Completed) sum += count.tasks;
    }
    return sum;
}

/// The index up to which about kMostSquares tasks are.
std::uint32_t last_square(const std::vector<slurm::ArrayCount>& counts) {
    constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();
    const std::uint64_t tasks = sum_of(counts);
    if (tasks <= kMostSquares) return kAll;
    std::uint64_t first = kAll;
    std::uint64_t last = 0;
    for (const slurm::ArrayCount& count : counts) {
        first = std::min<std::uint64_t>(first, count.first_task);
        last = std::max<std::uint64_t>(last, count.last_task);
    }
    return static_cast<std::uint32_t>(first + kMostSquares * (last - first + 1) / tasks - 1);
}

std::optional<SourceError> read_marks(ArrayData& data, Context& context) {
    auto counts = context.slurm.array_counts(data.one);
    if (!counts.ok()) return counts.error();
    data.counts = std::move(counts).value();
    data.one.array_once = slurm::submitted_once(data.counts);
    auto rests = context.slurm.array_rests(data.owner, data.one);
    if (!rests.ok()) return rests.error();
    data.rests = std::move(rests).value();
    const std::uint32_t last = last_square(data.counts);
    constexpr std::uint32_t kMost = 2 * kMostSquares;
    auto marks = context.slurm.array_marks(data.one, last, kMost + 1);
    if (!marks.ok()) return marks.error();
    data.marks = std::move(marks).value();
    data.marks_cut = last != std::numeric_limits<std::uint32_t>::max();
    if (data.marks.size() > kMost) data.marks.resize(kMost);
    return std::nullopt;
}

/// The rows of a page in the order of the marks; empty if they do not tell.
std::optional<std::vector<std::uint64_t>> keys_of(const slurm::TaskPage& page,
                                                  const ArrayData& data) {
    if (page.by != slurm::TaskPage::By::Task || page.descending || page.state) return std::nullopt;
    const auto last = last_square(data.counts);
    const auto end = std::find_if(data.marks.begin(), data.marks.end(),
                                  [&](const slurm::TaskMark& mark) { return mark.task > last; });
    const auto whole = static_cast<std::size_t>(end - data.marks.begin());
    if (data.marks_cut && page.offset + page.limit > whole) return std::nullopt;
    std::vector<std::uint64_t> keys;
    for (std::size_t i = page.offset; i < whole && keys.size() < page.limit; ++i) {
        keys.push_back(data.marks[i].db_index);
    }
    return keys;
}

std::optional<SourceError> read_rows(ArrayData& data, const slurm::TaskPage& page,
                                     Context& context) {
    data.completed = completed_of(data.counts);
    const double share = data.completed <= kFew ? 1 : kDrawn / static_cast<double>(data.completed);
    if (data.completed > 0) {
        auto drawn = context.slurm.array_draw(data.owner, data.one, share);
        if (!drawn.ok()) return drawn.error();
        data.drawn = std::move(drawn).value();
    }
    const auto keys = keys_of(page, data);
    auto rows = keys ? context.slurm.rows(data.owner, *keys)
                     : context.slurm.array_page(data.owner, data.one, page);
    if (!rows.ok()) return rows.error();
    data.rows = std::move(rows).value();
    return std::nullopt;
}

/// A row of the array that the address means: the newest one of its number, or with `?attempt=`
/// the one that this row is of.
Result<std::optional<slurm::Job>> chosen_array(const Visit& visit, const slurm::Owner& owner,
                                               Context& context) {
    const auto wanted = visit.request.parameter("attempt");
    if (!wanted) return context.slurm.array(owner, visit.captures.job_id);
    const auto key = text::parse_unsigned(*wanted, std::numeric_limits<std::uint64_t>::max());
    if (!key) throw HttpError(404, "");
    auto rows = context.slurm.rows(owner, {*key});
    if (!rows.ok()) return rows.error();
    if (rows.value().empty()) return std::optional<slurm::Job>();
    return std::optional(std::move(rows).value().front());
}

/// What was used: of the drawn tasks and of those in the table, by what the portal keeps and by
/// Slurm's steps; of those that run by what is measured now.
void read_uses(ArrayData& data, const Visit& visit, Context& context) {
    const bool live = context.site.exporters.job.enabled &&
                      std::any_of(data.rows.begin(), data.rows.end(),
                                  [](const slurm::Job& job) { return job.runs(); });
    std::optional<prometheus::Ticket> ticket;
    if (live) ticket = ask_live_use(visit.captures.username, context);
    std::vector<slurm::Job> jobs = data.drawn;
    jobs.insert(jobs.end(), data.rows.begin(), data.rows.end());
    data.kept = read_kept_uses(jobs, context);
    data.steps = read_step_usages(jobs, context);
    if (!data.steps.ok()) log_missing(data.steps.error());
    if (ticket) data.live = collect_live_use(*ticket, beginnings_of(data.rows), context);
    if (!data.live.ok()) log_missing(data.live.error());
}

}  // namespace

void add_rests(ArrayData& data) {
    std::vector<std::uint32_t> known;
    for (const slurm::TaskMark& mark : data.marks) known.push_back(mark.task);
    std::sort(known.begin(), known.end());
    const std::size_t room = kMostSquares - std::min<std::size_t>(data.marks.size(), kMostSquares);
    std::size_t added = 0;
    for (const slurm::Job& rest : data.rests) {
        const auto named = slurm::tasks_in(rest.array_rest, kMostTasks);
        std::vector<std::uint32_t> fresh;
        std::set_difference(named.begin(), named.end(), known.begin(), known.end(),
                            std::back_inserter(fresh));
        for (const std::uint32_t task : fresh) {
            if (added++ == room) break;
            data.marks.push_back({rest.db_index, task, rest.state, rest.state_number});
        }
        // A text that cannot be read names none.
        const std::uint64_t tasks = named.empty() ? rest.array_pending : fresh.size();
        if (tasks == 0) continue;
        const auto middle = static_cast<std::ptrdiff_t>(known.size());
        known.insert(known.end(), fresh.begin(), fresh.end());
        std::inplace_merge(known.begin(), known.begin() + middle, known.end());
        data.counts.push_back(
            {.state = rest.state, .state_number = rest.state_number, .tasks = tasks});
    }
    if (added > room) data.marks_cut = true;
    std::sort(data.marks.begin(), data.marks.end(),
              [](const auto& a, const auto& b) { return a.task < b.task; });
    data.tasks = sum_of(data.counts);
}

Result<JobState> array_state(const slurm::Owner& owner, const slurm::Job& of, Context& context) {
    const auto counts = context.slurm.array_counts(of);
    if (!counts.ok()) return counts.error();
    const auto rests = context.slurm.array_rests(owner, of);
    if (!rests.ok()) return rests.error();
    std::set<JobState> states;
    for (const slurm::ArrayCount& count : counts.value()) states.insert(count.state);
    for (const slurm::Job& rest : rests.value()) states.insert(rest.state);
    if (states.count(JobState::Running) > 0) return JobState::Running;
    if (states.count(JobState::Pending) > 0) return JobState::Pending;
    const auto bad = std::find_if(states.begin(), states.end(), &ended_badly);
    if (bad != states.end()) return JobState::Failed;
    if (states.count(JobState::Cancelled) > 0) return JobState::Cancelled;
    return states.empty() ? of.state : *states.begin();
}

Result<ArrayData> read_array(const Visit& visit, const slurm::TaskPage& page, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    ArrayData data;
    data.threads_per_core = context.site.threads_per_core;
    data.owner = jobs_owner(person.value());
    const auto one = chosen_array(visit, data.owner, context);
    if (!one.ok()) return one.error();
    if (!one.value() || one.value()->array != visit.captures.job_id) throw HttpError(404, "");
    data.one = *one.value();
    if (auto failed = read_marks(data, context)) return *std::move(failed);
    if (auto failed = read_rows(data, page, context)) return *std::move(failed);
    read_uses(data, visit, context);
    add_rests(data);
    return data;
}

}  // namespace portal::jobstats
