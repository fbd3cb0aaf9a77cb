#include "handlers/jobstats/graphs/user_graphs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>

#include "handlers/access/person.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobstats/user/user_page.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using graph::Ask;
using graph::Drawn;
using graph::Graph;
using graph::Line;
using graph::LustreLines;
using graph::Unit;
namespace unit = graph::unit;
using promql::Expr;
using promql::Selector;
using slurm::Job;
using Family = graph::Family<GraphOwner>;

/// Jobs that are read for the allocated lines, page by page; with more in a range there are none.
constexpr std::uint32_t kJobsOfPage = 1000;
constexpr unsigned kMostPages = 20;

double cores_of(const Job& job, const Site& /*site*/) {
    return job.allocated.cores;
}
double memory_of(const Job& job, const Site& /*site*/) {
    return static_cast<double>(job.allocated.memory.count);
}
double gpus_of(const Job& job, const Site& /*site*/) {
    return job.allocated.gpus.count;
}
/// Watts that the GPUs of a job may draw, by the site's table; kGap if it has no such model.
double gpu_watts_of(const Job& job, const Site& site) {
    if (job.allocated.gpus.count == 0) return 0;
    const GpuModel* model = gpu_model(job.allocated.gpus, {}, site);
    return model == nullptr ? prometheus::kGap : model->power_w * gpus_of(job, site);
}

/// What Slurm knows for a graph: a sum over the jobs that run.
struct Allocated {
    std::string_view slug;
    double (*amount)(const Job&, const Site&);
};
constexpr std::array<Allocated, 4> kAllocated = {{{"cpu", &cores_of},
                                                  {"mem", &memory_of},
                                                  {"gpu_utilization", &gpus_of},
                                                  {"gpu_power", &gpu_watts_of}}};

/// Jobs of a user that ran in a range.
struct JobsInRange {
    std::vector<Job> jobs;
    bool cut = false;  ///< there are more
};

/// Jobs that ran at any time of the grid; allocations are Slurm's, not counts of what was scraped.
Result<JobsInRange> jobs_in(const slurm::Owner& owner, const prometheus::Grid& grid,
                            Context& context) {
    auto running = context.slurm.running(owner);
    if (!running.ok()) return running.error();
    JobsInRange found{std::move(running).value(), false};
    slurm::JobFilter filter;
    filter.from = grid.start - grid.step;
    filter.to = grid.last() + grid.step;
    std::optional<slurm::JobCursor> after;
    for (unsigned page = 0; page < kMostPages; ++page) {
        auto over = context.slurm.list(owner, slurm::ListPart::Started, filter, after, kJobsOfPage);
        if (!over.ok()) return over.error();
        const slurm::JobSlice& slice = over.value();
        std::copy_if(slice.jobs.begin(), slice.jobs.end(), std::back_inserter(found.jobs),
                     [](const Job& job) { return job.ended && job.run_known(); });
        after = slice.next;
        if (!after) return found;
    }
    found.cut = true;
    return found;
}

/// Adds what a job held to each point: the mean over the step before it, as of what is used.
void add_held(std::vector<double>& values, const Job& job, double amount,
              const prometheus::Grid& grid) {
    const Instant from = row_began(job);
    const Instant to = job.ended.value_or(Instant::max());
    for (std::size_t point = 0; point < values.size(); ++point) {
        const Instant end = grid.at(point);
        const Instant begin = end - grid.step;
        if (from >= end) continue;
        if (to <= begin) break;
        const Seconds held = std::min(to, end) - std::max(from, begin);
        values[point] +=
            amount * static_cast<double>(held.count()) / static_cast<double>(grid.step.count());
    }
}

/// The line of what was allocated. Adds the models of GPUs whose power the site's table lacks to
/// `unknown`: the line has gaps then, not zeros.
graph::Series allocated_series(const std::vector<Job>& jobs, const Allocated& allocated,
                               const Ask& ask, std::set<std::string>& unknown) {
    graph::Series series{"allocated", {}, std::vector<double>(ask.grid.count, 0.0), {}};
    for (const Job& job : jobs) {
        const double amount = allocated.amount(job, ask.site);
        if (std::isnan(amount)) unknown.insert(job.allocated.gpus.model);
        if (job.started) add_held(series.values, job, amount, ask.grid);
    }
    return series;
}

void add_allocated(Drawn& drawn, const Result<JobsInRange>& jobs, const Ask& ask) {
    if (!jobs.ok()) {
        log_missing(jobs.error());
        drawn.notices.push_back({"source_missing", {{"source", source_name(jobs.error().source)}}});
        return;
    }
    if (jobs.value().cut) {
        drawn.notices.push_back({"too_many_jobs", {}});
        return;
    }
    std::set<std::string> unknown;
    for (const Allocated& allocated : kAllocated) {
        for (Graph& graph : drawn.graphs) {
            if (graph.slug != allocated.slug) continue;
            graph.series.push_back(allocated_series(jobs.value().jobs, allocated, ask, unknown));
        }
    }
    for (const std::string& model : unknown) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", model.empty() ? "GPU" : model}}});
    }
}

/// Used by Prometheus, allocated by Slurm; without Slurm the used lines stay.
Result<Drawn> draw_with_allocated(const Family& family, const GraphOwner& owner, const Ask& ask,
                                  Context& context) {
    const auto asked = family.ask_lines(owner, ask, context);
    const auto jobs = jobs_in(owner.jobs, ask.grid, context);
    auto found = family.collect_lines(asked, owner, ask, context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found).value().set;
    Drawn drawn{sort_parts(family.graphs, set, ask.site)};
    add_allocated(drawn, jobs, ask);
    if (family.finish != nullptr) family.finish(drawn.graphs, set, owner, ask);
    return drawn;
}

/// Without any GPU there is nothing to show; an idle one that is allocated is shown.
void finish_gpus(std::vector<Graph>& graphs, const prometheus::SeriesSet& /*found*/,
                 const GraphOwner& /*owner*/, const Ask& /*ask*/) {
    for (Graph& graph : graphs) {
        const auto& lines = graph.series;
        if (std::all_of(lines.begin(), lines.end(), &graph::is_zero)) graph.series.clear();
    }
}

const graph::Series* line_of(const Graph& graph, std::string_view id) {
    const auto found = std::find_if(graph.series.begin(), graph.series.end(),
                                    [&](const graph::Series& line) { return line.id == id; });
    return found == graph.series.end() ? nullptr : &*found;
}

/// Nodes whose kernel knows no peak are not in the sum of peaks: it is no less than what is used.
void finish_memory(std::vector<Graph>& graphs, const prometheus::SeriesSet& /*found*/,
                   const GraphOwner& /*owner*/, const Ask& /*ask*/) {
    for (Graph& graph : graphs) {
        const graph::Series* used = line_of(graph, "used");
        if (used == nullptr) continue;
        for (graph::Series& line : graph.series) {
            if (line.id != "memory_max") continue;
            for (std::size_t at = 0; at < line.values.size(); ++at) {
                if (line.values[at] < used->values[at]) line.values[at] = used->values[at];
            }
        }
    }
}

/// A gauge looked at each minute; where it is absent it counts as zero.
Expr held_sum(const Expr& gauge, const prometheus::Grid& grid) {
    const Seconds step = grid.step;
    if (step < 2 * kMinute) return promql::sum(gauge);
    const Expr sum = promql::sum_over(gauge, step - Seconds{1}, kMinute);
    return promql::sum(sum) / static_cast<double>(step / kMinute);
}

/// Series of the owner, under each of their logins.
Selector of_owner(const metric::Metric& metric, const GraphOwner& owner) {
    const auto& logins = owner.jobs.logins;
    return logins.size() > 1 ? Selector(metric).one_of("user", logins)
                             : Selector(metric).eq("user", owner.login.value);
}

/// All jobs together, each node and GPU once: rates of counters, gauges as long as they are held.
Expr used(const Line& line, const GraphOwner& owner, const Ask& ask) {
    Selector selector = of_owner(line.metric, owner);
    if (line.metric.text() == metric::kGpuPower.text()) selector = promql::of_whole_cards(selector);
    if (line.metric.kind == metric::Kind::Counter) {
        return promql::sum(promql::each_node_of_cores(sampled(line.metric, selector, ask)));
    }
    const bool of_gpus = line.metric.text().ends_with("_gpu");
    const Expr each =
        of_gpus ? promql::each_card(selector.now()) : promql::each_node(selector.now());
    return held_sum(each, ask.grid);
}

Expr lustre(const Line& line, const GraphOwner& owner, const Ask& ask) {
    return lustre_question(line, LustreLines::Operations, of_owner(line.metric, owner), ask);
}

Result<GraphOwner> owner_of(const Visit& visit, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    return GraphOwner{visit.captures.username, jobs_owner(person.value())};
}

}  // namespace

const graph::Families<GraphOwner>& user_families() {
    static const graph::Families<GraphOwner> kFamilies = {
        {.slug = "cpu",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs = {{.slug = "cpu", .unit = unit::kCores, .lines = {{"used", metric::kCoreUsage}}}},
         .question = &used,
         .draw = &draw_with_allocated},
        {.slug = "mem",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs = {{.slug = "mem",
                     .unit = unit::kBytes,
                     .lines = {{"memory_max", metric::kMemoryMax},
                               {"used", metric::kMemoryUsage}}}},
         .question = &used,
         .finish = &finish_memory,
         .draw = &draw_with_allocated},
        {.slug = "gpu",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs = {{.slug = "gpu_utilization",
                     .unit = unit::kGpus,
                     .lines = {{"cycles", metric::kGpuUtilization, "used"}}},
                    {.slug = "gpu_power",
                     .unit = unit::kWatts,
                     .lines = {{"power", metric::kGpuPower, "used"}}}},
         .question = &used,
         .finish = &finish_gpus,
         .draw = &draw_with_allocated},
        {.slug = "lustre",
         .exporter = &graph::exporter<&Exporters::lustre>,
         .graphs = graph::lustre_rows(LustreLines::Operations),
         .question = &lustre},
    };
    return kFamilies;
}

Response user_graph(const Visit& visit, Context& context) {
    const graph::Page<GraphOwner> page{user_families(), kUserRanges, &owner_of};
    return graph::answer(page, visit.captures.graph, visit, context);
}

}  // namespace portal::jobstats
