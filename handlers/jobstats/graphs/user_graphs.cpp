#include "handlers/jobstats/graphs/user_graphs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "handlers/access/person.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobs/use/live_use.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;
using promql::Selector;
using slurm::Job;

/// Jobs that are read for the allocated lines, page by page; with more in a range there are none.
constexpr std::uint32_t kJobsOfPage = 1000;
constexpr unsigned kMostPages = 20;
constexpr std::string_view kAllocated = "allocated";

/// Watts that the GPUs of a job may draw, by the site's table; kGap if it has no such model.
double gpu_watts_of(const Job& job, const Site& site) {
    if (job.allocated.gpus.count == 0) return 0;
    const GpuModel* model = gpu_model(job.allocated.gpus, {}, site);
    return model == nullptr ? prometheus::kGap : model->power_w * job.allocated.gpus.count;
}

/// What Slurm allocated to a job, as a graph shows it.
double allocated_in(std::string_view slug, const Job& job, const Site& site) {
    if (slug == "cpu") return job.allocated.cores;
    if (slug == "mem") return static_cast<double>(job.allocated.memory.count);
    if (slug == "gpu_utilization") return job.allocated.gpus.count;
    return gpu_watts_of(job, site);
}

/// Jobs of a range; empty if there are too many.
using Jobs = std::optional<std::vector<Job>>;

/// Jobs that ran at any time of the grid; allocations are Slurm's, not counts of what was scraped.
Result<Jobs> jobs_in(const slurm::Owner& owner, const prometheus::Grid& grid, Context& context) {
    auto running = context.slurm.running(owner);
    if (!running.ok()) return running.error();
    Jobs jobs = std::move(running).value();
    slurm::JobFilter filter;
    filter.from = grid.start - grid.step;
    filter.to = grid.last() + grid.step;
    std::optional<slurm::JobCursor> after;
    for (unsigned page = 0; page < kMostPages; ++page) {
        auto over = context.slurm.list(owner, slurm::ListPart::Started, filter, after, kJobsOfPage);
        if (!over.ok()) return over.error();
        const slurm::JobSlice& slice = over.value();
        std::copy_if(slice.jobs.begin(), slice.jobs.end(), std::back_inserter(*jobs),
                     [](const Job& job) { return job.ended && job.run_known(); });
        after = slice.next;
        if (!after) return jobs;
    }
    return Jobs{};
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

/// GPUs that are used and not allocated are those that Slurm does not count: how many were held is
/// not known then.
void leave_uncounted_open(Graph& graph) {
    std::vector<double>& allocated = graph.series.back().values;
    for (const Series& line : graph.series) {
        if (line.id == kAllocated || graph.slug != "gpu_utilization") continue;
        for (std::size_t at = 0; at < allocated.size(); ++at) {
            if (allocated[at] == 0 && line.values[at] > 0) allocated[at] = prometheus::kGap;
        }
    }
}

/// Adds the lines of what was allocated. GPUs whose power the site's table lacks are named: the
/// line has gaps then, not zeros.
void add_allocated(Drawn& drawn, const std::vector<Job>& jobs, const prometheus::Grid& grid,
                   const Site& site) {
    std::set<std::string> unknown;
    for (Graph& graph : drawn.graphs) {
        std::vector<double> values(grid.count, 0.0);
        for (const Job& job : jobs) {
            const double amount = allocated_in(graph.slug, job, site);
            if (std::isnan(amount)) unknown.insert(job.allocated.gpus.model);
            if (job.started) add_held(values, job, amount, grid);
        }
        graph.series.push_back({std::string(kAllocated), {}, std::move(values), {}});
        leave_uncounted_open(graph);
    }
    for (const std::string& model : unknown) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", model.empty() ? "GPU" : model}}});
    }
}

/// Nodes whose kernel knows no peak are not in the sum of peaks: it is no less than what is used.
void raise_peak(Graph& graph) {
    const auto line_of = [&](std::string_view id) {
        return std::find_if(graph.series.begin(), graph.series.end(),
                            [&](const Series& line) { return line.id == id; });
    };
    const auto peak = line_of("memory_max");
    const auto used = line_of("used");
    if (peak == graph.series.end() || used == graph.series.end()) return;
    for (std::size_t at = 0; at < peak->values.size(); ++at) {
        if (peak->values[at] < used->values[at]) peak->values[at] = used->values[at];
    }
}

/// Used is Prometheus's, allocated Slurm's; without Slurm the used lines stay.
Finish with_allocated(const GraphOwner& owner, const Ask& ask, Context& context) {
    return [&ask, jobs = jobs_in(owner.jobs, ask.grid, context)](Drawn drawn, const Lines&) {
        if (!jobs.ok()) {
            log_missing(jobs.error());
            drawn.notices = {{"source_missing", {{"source", source_name(jobs.error().source)}}}};
        } else if (!jobs.value()) {
            drawn.notices = {{"too_many_jobs", {}}};
        } else {
            add_allocated(drawn, *jobs.value(), ask.grid, ask.site);
        }
        for (Graph& graph : drawn.graphs) raise_peak(graph);
        return drawn;
    };
}

/// Series of the owner, under each of their logins.
Selector of_owner(const metric::Metric& metric, const GraphOwner& owner) {
    return of_logins(metric, owner.login, owner.jobs.logins);
}

/// All jobs together, each node and GPU once: rates of counters, gauges as long as they are held.
Expr used(const Line& line, const GraphOwner& owner, const Ask& ask) {
    Selector selector = of_owner(line.metric, owner);
    if (line.metric.text() == metric::kGpuPower.text()) selector = promql::of_whole_cards(selector);
    if (line.metric.kind == metric::Kind::Counter) {
        return promql::sum(promql::each_node_of_cores(sampled(line.metric, selector, ask)));
    }
    const bool of_gpus = line.metric.text().ends_with("_gpu");
    return held({}, of_gpus ? promql::each_card(selector.now()) : promql::each_node(selector.now()),
                ask.grid);
}

/// Used against allocated.
Family<GraphOwner> of_use(const std::string& slug, std::vector<Row> graphs) {
    for (Row& row : graphs) row.made = {kAllocated};
    return {.slug = slug,
            .exporter = &exporter<&Exporters::job>,
            .graphs = std::move(graphs),
            .question = &used,
            .beside = &with_allocated};
}

Result<GraphOwner> owner_of(const Visit& visit, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    return GraphOwner{visit.captures.username, jobs_owner(person.value())};
}

Families<GraphOwner> families() {
    return {
        of_use("cpu",
               {{.slug = "cpu", .unit = unit::kCores, .lines = {{"used", metric::kCoreUsage}}}}),
        of_use("mem",
               {{.slug = "mem",
                 .unit = unit::kBytes,
                 .lines = {{"memory_max", metric::kMemoryMax}, {"used", metric::kMemoryUsage}}}}),
        // Without any GPU there is nothing to show; an idle one that is allocated is shown.
        of_use("gpu", {{.slug = "gpu_utilization",
                        .unit = unit::kGpus,
                        .lines = {{"cycles", metric::kGpuUtilization, "used"}},
                        .zeros = Zeros::BesideOthers},
                       {.slug = "gpu_power",
                        .unit = unit::kWatts,
                        .lines = {{"power", metric::kGpuPower, "used"}},
                        .zeros = Zeros::BesideOthers}}),
        lustre_family<GraphOwner, LustreLines::Operations, &of_owner>(),
    };
}

}  // namespace

const Page<GraphOwner>& user_graphs() {
    static const Page<GraphOwner> kPage = {families(), kUserRanges, &owner_of};
    return kPage;
}

}  // namespace portal::jobstats
