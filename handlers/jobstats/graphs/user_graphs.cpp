#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <span>

#include "fcgi/http/http_error.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobstats/user/user_page.h"
#include "handlers/page/page_range.h"
#include "handlers/page/pages.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using graph::Graph;
using graph::Unit;
using promql::Expr;
using promql::Selector;
using slurm::Job;

/// Jobs that are read for the allocated lines, page by page; who had more in a range gets none.
constexpr std::uint32_t kJobsOfPage = 1000;
constexpr unsigned kMostPages = 20;
constexpr double kNano = 1e-9;
constexpr double kMilli = 1e-3;
constexpr double kPercent = 1e-2;

/// What a user's graph asks about.
struct UserAsk {
    const Username& owner;
    Uid uid;
    prometheus::Grid grid;
    Seconds interval;
};

/// Graphs, and what to say under them.
struct Drawn {
    std::vector<Graph> graphs;
    std::vector<graph::Notice> notices;
};

/// A line that Prometheus measures: a counter is asked as a rate, a gauge as it is, summed over the
/// jobs.
struct UsedLine {
    promql::Literal metric;
    bool counter;
    std::size_t graph;
    const char* id;
    double factor;
};

/// A line that Slurm knows: a sum over the jobs that run.
struct AllocatedLine {
    std::size_t graph;
    double (*amount)(const Job&, const Site&);
};

double cores_of(const Job& job, const Site& /*site*/) {
    return job.allocated.cores;
}
double memory_of(const Job& job, const Site& /*site*/) {
    return static_cast<double>(job.allocated.memory.count);
}
double gpus_of(const Job& job, const Site& /*site*/) {
    return job.allocated.gpus.count;
}
/// Watts that the GPUs of a job may draw, by the site's table; not a number if it has no such
/// model.
double gpu_watts_of(const Job& job, const Site& site) {
    if (job.allocated.gpus.count == 0) return 0;
    const GpuModel* model = gpu_model(job.allocated.gpus, {}, site);
    return model == nullptr ? prometheus::kGap : model->power_w * gpus_of(job, site);
}

/// Jobs of a user that ran in a range.
struct JobsInRange {
    std::vector<Job> jobs;
    bool cut = false;  ///< there are more
};

/// Jobs that ran at any time of the grid; allocations are Slurm's, not counts of what was scraped.
Result<JobsInRange> jobs_in(const UserAsk& ask, Context& context) {
    auto running = context.slurm.running(ask.uid);
    if (!running.ok()) return running.error();
    JobsInRange found{std::move(running).value(), false};
    slurm::JobFilter filter;
    filter.from = ask.grid.start - ask.grid.step;
    filter.to = ask.grid.last() + ask.grid.step;
    std::optional<slurm::JobCursor> after;
    for (unsigned page = 0; page < kMostPages; ++page) {
        auto over =
            context.slurm.list(ask.uid, slurm::ListPart::Started, filter, after, kJobsOfPage);
        if (!over.ok()) return over.error();
        const slurm::JobSlice& slice = over.value();
        std::copy_if(slice.jobs.begin(), slice.jobs.end(), std::back_inserter(found.jobs),
                     [](const Job& job) { return job.ended.has_value(); });
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

graph::Series allocated_series(const std::vector<Job>& jobs, const UserAsk& ask,
                               const AllocatedLine& line, const Site& site) {
    graph::Series series{"allocated", {}, std::vector<double>(ask.grid.count, 0.0), {}};
    for (const Job& job : jobs) {
        if (job.started) add_held(series.values, job, line.amount(job, site), ask.grid);
    }
    return series;
}

Expr question(const UserAsk& ask, std::span<const UsedLine> lines) {
    std::vector<Expr> parts;
    for (const UsedLine& line : lines) {
        const Selector selector = Selector(line.metric).eq("user", ask.owner.value);
        const Expr sum = line.counter
                             ? promql::sum(selector.rate(rate_window(ask.grid, ask.interval)))
                             : held({}, selector, ask.grid);
        parts.push_back(promql::tagged(line.metric, sum));
    }
    return joined(parts);
}

void add_used(std::vector<Graph>& graphs, prometheus::SeriesSet set,
              std::span<const UsedLine> lines) {
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        for (const UsedLine& line : lines) {
            if (part != line.metric.text()) continue;
            graphs[line.graph].series.push_back(graph::take(series, line.id, {}, line.factor));
        }
    }
}

/// A model of which the site's table does not say what it may draw: the line has gaps, not zeros.
void note_unknown_models(Drawn& drawn, const std::vector<Job>& jobs,
                         std::span<const AllocatedLine> lines, const Site& site) {
    std::set<std::string> models;
    for (const AllocatedLine& line : lines) {
        for (const Job& job : jobs) {
            if (std::isnan(line.amount(job, site))) models.insert(job.allocated.gpus.model);
        }
    }
    for (const std::string& model : models) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", model.empty() ? "GPU" : model}}});
    }
}

/// Used by Prometheus, allocated by Slurm; without Slurm the used lines stay.
Result<Drawn> draw(std::vector<Graph> graphs, std::span<const UsedLine> used,
                   std::span<const AllocatedLine> allocated, const UserAsk& ask, Context& context) {
    const auto ticket = context.metrics.ask({question(ask, used), ask.grid});
    const auto jobs = jobs_in(ask, context);
    auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    Drawn drawn{std::move(graphs), {}};
    add_used(drawn.graphs, std::move(answer).value(), used);
    if (!jobs.ok()) {
        log_missing(jobs.error());
        drawn.notices.push_back({"source_missing", {{"source", source_name(jobs.error().source)}}});
        return drawn;
    }
    if (jobs.value().cut) {
        drawn.notices.push_back({"too_many_jobs", {}});
        return drawn;
    }
    for (const AllocatedLine& line : allocated) {
        drawn.graphs[line.graph].series.push_back(
            allocated_series(jobs.value().jobs, ask, line, context.site));
    }
    note_unknown_models(drawn, jobs.value().jobs, allocated, context.site);
    return drawn;
}

Graph blank(const char* slug, Unit unit) {
    Graph graph;
    graph.slug = slug;
    graph.unit = unit;
    return graph;
}

Result<Drawn> cpu_graph(const UserAsk& ask, Context& context) {
    constexpr std::array kUsed = {UsedLine{metric::kCoreUsage, true, 0, "used", kNano}};
    constexpr std::array kAllocated = {AllocatedLine{0, &cores_of}};
    return draw({blank("cpu", Unit::Cores)}, kUsed, kAllocated, ask, context);
}

Result<Drawn> memory_graph(const UserAsk& ask, Context& context) {
    constexpr std::array kUsed = {UsedLine{metric::kMemoryMax, false, 0, "memory_max", 1},
                                  UsedLine{metric::kMemoryUsage, false, 0, "used", 1}};
    constexpr std::array kAllocated = {AllocatedLine{0, &memory_of}};
    return draw({blank("mem", Unit::Bytes)}, kUsed, kAllocated, ask, context);
}

Result<Drawn> gpu_graphs(const UserAsk& ask, Context& context) {
    constexpr std::array kUsed = {UsedLine{metric::kGpuUtilization, false, 0, "used", kPercent},
                                  UsedLine{metric::kGpuPower, false, 1, "used", kMilli}};
    constexpr std::array kAllocated = {AllocatedLine{0, &gpus_of}, AllocatedLine{1, &gpu_watts_of}};
    auto drawn = draw({blank("gpu_utilization", Unit::Gpus), blank("gpu_power", Unit::Watts)},
                      kUsed, kAllocated, ask, context);
    if (!drawn.ok()) return drawn;
    // Without any GPU there is nothing to show; an idle one that is allocated is shown.
    Drawn shown = std::move(drawn).value();
    for (Graph& graph : shown.graphs) {
        std::vector<graph::Series> some = graph.series;
        graph::drop_zeros(some);
        if (some.empty()) graph.series.clear();
    }
    return shown;
}

Result<Drawn> lustre_graph(const UserAsk& ask, Context& context) {
    auto graphs = lustre_graphs_of({"user", ask.owner.value}, LustreLines::Operations, ask.grid,
                                   ask.interval, context);
    if (!graphs.ok()) return graphs.error();
    return Drawn{std::move(graphs).value(), {}};
}

struct UserFamily {
    std::string_view slug;
    std::vector<std::string_view> slugs;
    Result<Drawn> (*answer)(const UserAsk&, Context&);
    bool lustre = false;
};

const std::vector<UserFamily>& user_families() {
    static const std::vector<UserFamily> kFamilies = {
        {"cpu", {"cpu"}, &cpu_graph},
        {"mem", {"mem"}, &memory_graph},
        {"gpu", {"gpu_utilization", "gpu_power"}, &gpu_graphs},
        {"lustre", {"lustre_mdt", "lustre_ost"}, &lustre_graph, true},
    };
    return kFamilies;
}

const UserFamily& family_of(std::string_view slug, const Site& site) {
    for (const UserFamily& family : user_families()) {
        const bool named =
            family.slug == slug ||
            std::find(family.slugs.begin(), family.slugs.end(), slug) != family.slugs.end();
        const bool measured =
            family.lustre ? site.exporters.lustre.enabled : site.exporters.job.enabled;
        if (named && measured) return family;
    }
    throw HttpError(404, "");
}

}  // namespace

Response user_graph(const Visit& visit, Context& context) {
    const std::string& slug = visit.captures.graph;
    const UserFamily& family = family_of(slug, context.site);
    const TimeRange range = page_range(visit.request, context.clock.now(), kUserRanges);
    const Exporters& exporters = context.site.exporters;
    const Seconds interval = family.lustre ? exporters.lustre.interval : exporters.job.interval;
    const prometheus::Grid grid = grid_for(range, interval);
    const Username owner = visit.captures.username;
    const auto uid = uid_of(visit, context);
    if (!uid.ok()) return source_missing_json(uid.error());
    auto drawn = family.answer({owner, uid.value(), grid, interval}, context);
    if (!drawn.ok()) return source_missing_json(drawn.error());
    Drawn shown = std::move(drawn).value();
    graph::Answer answer{range, true, grid, std::move(shown.graphs), std::move(shown.notices)};
    if (slug != family.slug || family.slugs.size() == 1) {
        std::erase_if(answer.graphs, [&](const Graph& graph) { return graph.slug != slug; });
    }
    return graph::respond(answer, "", interval);
}

}  // namespace portal::jobstats
