#include "handlers/jobstats/array/array_page.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobs/wait_sentence.h"
#include "handlers/jobstats/array/array_data.h"
#include "handlers/jobstats/array/array_figures.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/page_link.h"
#include "handlers/page/sorting.h"

namespace portal::jobstats {
namespace {

using By = slurm::TaskPage::By;
using Weight = views::Notice::Weight;

constexpr std::uint32_t kMostPages = 100'000;
constexpr Seconds kSlowly{300};  // between two looks at a large array

/// A way to sort the table.
struct Order {
    By by;
    SortKey key;
    const char* word;
};

constexpr std::array kOrders = {Order{By::Task, {"task", false}, views::mark("Task")},
                                Order{By::State, {"state", false}, views::mark("State")},
                                Order{By::Start, {"start"}, views::mark("Started")},
                                Order{By::RunTime, {"time"}, views::mark("Run time")}};

/// What the address asks for.
struct ArrayQuery {
    Sorting sorting;
    slurm::TaskPage page;
    std::uint32_t number = 1;  ///< of the page
    std::optional<std::uint32_t> marked;
};

/// A whole number of the address; throws HttpError 400 if it is none, or too large.
std::optional<std::uint32_t> number_of(const Request& request, std::string_view name,
                                       std::uint32_t most) {
    const auto text = request.parameter(name);
    if (!text) return std::nullopt;
    const auto number = text::parse_unsigned(*text, most);
    if (!number) throw HttpError(400, views::sentence("This page of the list does not exist.").id);
    return static_cast<std::uint32_t>(*number);
}

ArrayQuery read_query(const Request& request) {
    constexpr std::uint32_t kAnyNumber = std::numeric_limits<std::uint32_t>::max() - 1;
    std::array<SortKey, kOrders.size()> keys;
    std::transform(kOrders.begin(), kOrders.end(), keys.begin(),
                   [](const Order& order) { return order.key; });
    ArrayQuery query{.sorting = sorting_of(request, keys), .page = {}, .number = 1, .marked = {}};
    const auto order = std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& one) {
        return one.key.name == query.sorting.key;
    });
    query.number = std::max(number_of(request, "page", kMostPages).value_or(1), 1U);
    query.marked = number_of(request, "task", kAnyNumber);
    query.page = {.by = order->by,
                  .descending = query.sorting.descending,
                  .state = number_of(request, "state", kAnyNumber),
                  .limit = kTaskRows + 1,
                  .offset = (query.number - 1) * kTaskRows};
    // The key of Sorting is a view into `keys`; the table's outlives this.
    query.sorting.key = order->key.name;
    return query;
}

constexpr std::array<std::string_view, 2> kPlace = {"page", "task"};

void fill_head(views::ArrayPage& page, const Visit& visit, const ArrayData& data,
               Context& context) {
    const Site& site = context.site;
    const slurm::Job& job = data.one;
    const slurm::Resources size = size_of(job);
    page.owner = visit.captures.username.value;
    page.user_link = user_link(site, page.owner);
    page.number = std::to_string(visit.captures.job_id.value);
    page.base = array_base(site, page.owner, visit.captures.job_id);
    page.task_base = page.number + "_";
    if (job.array_next) {
        page.task_query = "?before=" + std::to_string(unix_seconds(*job.array_next));
    }
    page.name = job.name;
    page.account = job.account;
    page.partition = job.partition;
    page.cores = size.cores;
    page.memory = size.memory;
    page.time_limit = job.time_limit;
    page.frame = frame_of(visit, site, context.clock.now(), page.owner);
    page.frame.crumbs = {jobs_crumb(page.frame, page.owner, page.user_link),
                         {views::sentence("Array {0}", {views::text_argument(page.number)}), {}}};
    if (data.owner.logins.empty()) {
        page.notices.push_back({Weight::Information, {}, unnamed_owner(data.owner.uid), {}});
    }
}

void fill_progress(views::ArrayPage& page, const Visit& visit, const ArrayData& data,
                   const ArrayQuery& query, Context& context) {
    page.states = states_of(data);
    page.pace = pace_of(data, context.clock.now());
    for (views::ArrayState& state : page.states) {
        if (state.state == JobState::EndLost) continue;
        const std::string number = std::to_string(state.number);
        state.chosen = query.page.state == state.number;
        state.link =
            page_link(visit.request, page.base, kPlace, "state", state.chosen ? "" : number);
    }
    for (const slurm::Job& rest : data.rests) {
        if (rest.state != JobState::Pending) continue;
        page.wait_reason = wait_sentence(rest);
        page.wait_link = job_link(context.site, page.owner, rest);
    }
    const bool goes_on = std::any_of(
        page.states.begin(), page.states.end(),
        [](const views::ArrayState& state) { return state.state == JobState::Running; });
    if (goes_on) {
        // A large array costs its sources more than a page may, each time anew.
        const Seconds interval = context.site.exporters.job.interval;
        const Seconds pace = data.tasks > kMostSquares ? std::max(interval, kSlowly) : interval;
        page.frame.live_seconds = static_cast<unsigned>(pace.count());
    }
}

/// The task that the address names, and what there is to say of it.
void fill_marked(views::ArrayPage& page, const ArrayData& data, const ArrayQuery& query) {
    page.marked = query.marked;
    if (!query.marked) return;
    const auto found =
        std::find_if(data.marks.begin(), data.marks.end(),
                     [&](const slurm::TaskMark& mark) { return mark.task == *query.marked; });
    if (found == data.marks.end() || found->state != JobState::Pending) return;
    page.notices.push_back(
        {Weight::Information,
         {},
         views::sentence("Task {0} is still waiting: it gets a page of its own when it starts.",
                         {views::text_argument(std::to_string(*query.marked))}),
         {}});
}

void fill_tasks(views::ArrayPage& page, const ArrayData& data) {
    page.tasks = indices_of(data);
    page.tasks_shown = std::min<std::uint64_t>(data.marks.size(), kMostSquares);
    page.tasks_cut = data.marks_cut;
    page.failed = retry_of(data, Cancelled::LeftOut);
    page.failed_or_cancelled = retry_of(data, Cancelled::Included);
    if (page.failed_or_cancelled.tasks == page.failed.tasks) page.failed_or_cancelled = {};
}

void fill_table(views::ArrayPage& page, const Visit& visit, const ArrayData& data,
                const ArrayQuery& query, Context& context) {
    std::vector<slurm::Job> jobs = data.rows;
    const bool more = jobs.size() > kTaskRows;
    if (more) jobs.resize(kTaskRows);
    static const StepUsages kNone;
    const JobUses uses{data.live, data.steps.ok() ? data.steps.value() : kNone, data.kept};
    for (const views::JobGroup& group : job_groups(jobs, uses, page.owner, context)) {
        page.rows.insert(page.rows.end(), group.rows.begin(), group.rows.end());
    }
    for (const Order& order : kOrders) {
        const bool current = order.key.name == query.sorting.key;
        const bool turn = current && query.sorting.descending == order.key.largest_first;
        const std::string sort = (turn ? "-" : "") + std::string(order.key.name);
        page.orders.push_back({order.word,
                               page_link(visit.request, page.base, kPlace, "sort", sort), current,
                               query.sorting.descending});
    }
    const auto at = [&](std::uint32_t number) {
        const std::string text = number > 1 ? std::to_string(number) : "";
        return page_link(visit.request, page.base, {}, "page", text);
    };
    if (query.number > 1) page.previous_link = at(query.number - 1);
    if (more) page.next_link = at(query.number + 1);
    if (query.page.state) {
        page.all_link = page_link(visit.request, page.base, kPlace, "state", "");
    }
}

views::ArrayPage page_of(const Visit& visit, const ArrayData& data, const ArrayQuery& query,
                         Context& context) {
    views::ArrayPage page;
    fill_head(page, visit, data, context);
    fill_progress(page, visit, data, query, context);
    fill_marked(page, data, query);
    fill_tasks(page, data);
    page.spreads = spreads_of(data);
    page.measured = data.drawn.size();
    page.completed = data.completed;
    page.outliers = outliers_of(data, context.site, page.owner);
    fill_table(page, visit, data, query, context);
    return page;
}

}  // namespace

Response array_page(const Visit& visit, Context& context) {
    const ArrayQuery query = read_query(visit.request);
    const auto data = read_array(visit, query.page, context);
    if (!data.ok()) return source_missing_page(visit, context, data.error());
    return context.views.render(page_of(visit, data.value(), query, context));
}

}  // namespace portal::jobstats
