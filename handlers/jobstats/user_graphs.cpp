#include <algorithm>

#include "fcgi/http_error.h"
#include "handlers/common/graph.h"
#include "handlers/common/lustre_graphs.h"
#include "handlers/common/pages.h"
#include "handlers/common/time_grid.h"
#include "handlers/jobstats/user_page.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using graph::Graph;
using graph::Unit;
using promql::Expr;
using promql::Selector;
using slurm::Job;
using Graphs = Result<std::vector<Graph>>;

constexpr Seconds kDefaultRange = std::chrono::hours{6};
constexpr Seconds kLongestRange = std::chrono::hours{24 * 14};
constexpr std::uint32_t kMostJobs = 2000;
constexpr double kNanosecond = 1e-9;
constexpr double kPercent = 0.01;
constexpr double kMilli = 1e-3;

/// What a user's graph asks about.
struct UserAsk {
    const Username& owner;
    Uid uid;
    prometheus::Grid grid;
    Seconds interval;
};

/// Jobs that ran at any time of the grid; allocations are Slurm's, not counts of what was scraped.
Result<std::vector<Job>> jobs_in(const UserAsk& ask, Context& context) {
    auto running = context.slurm.running(ask.uid);
    if (!running.ok()) return running.error();
    std::vector<Job> jobs = std::move(running).value();
    slurm::JobFilter filter;
    filter.from = ask.grid.start;
    filter.to = ask.grid.last() + ask.grid.step;
    auto over =
        context.slurm.list(ask.uid, slurm::ListPart::Started, filter, std::nullopt, kMostJobs);
    if (!over.ok()) return over.error();
    for (const Job& job : over.value().jobs) {
        if (job.ended) jobs.push_back(job);
    }
    return jobs;
}

/// Sum over the jobs that ran at each point.
template <class Amount>
graph::Series allocated_line(const std::vector<Job>& jobs, const prometheus::Grid& grid,
                             Amount amount) {
    graph::Series line{"allocated", {}, std::vector<double>(grid.count, 0.0), {}};
    for (const Job& job : jobs) {
        for (std::size_t point = 0; point < grid.count; ++point) {
            const Instant when = grid.at(point);
            const bool ran = job.started && *job.started <= when && (!job.ended || when < *job.ended);
            if (ran) line.values[point] += amount(job);
        }
    }
    return line;
}

Graph blank(const char* slug, Unit unit) {
    Graph graph;
    graph.slug = slug;
    graph.unit = unit;
    return graph;
}

Selector of_user(promql::Literal metric, const UserAsk& ask) {
    return Selector(metric).eq("user", ask.owner.value);
}

/// Series of an answer by their part: id of the line, and the factor to its unit.
struct PartLine {
    const char* part;
    std::size_t graph;
    const char* id;
    double factor;
};

void add_lines(std::vector<Graph>& graphs, prometheus::SeriesSet set,
               std::span<const PartLine> lines) {
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        for (const PartLine& line : lines) {
            if (part != line.part) continue;
            graphs[line.graph].series.push_back(graph::take(series, line.id, {}, line.factor));
        }
    }
}

Graphs cpu_graph(const UserAsk& ask, Context& context) {
    const Expr used = promql::tagged(
        "used", promql::sum(of_user(metric::kCoreUsage, ask).rate(rate_window(ask.grid,
                                                                             ask.interval))));
    const auto ticket = context.metrics.ask({used, ask.grid});
    const auto jobs = jobs_in(ask, context);
    auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    constexpr PartLine kLines[] = {{"used", 0, "used", kNanosecond}};
    std::vector<Graph> graphs = {blank("cpu", Unit::Cores)};
    add_lines(graphs, std::move(answer).value(), kLines);
    if (jobs.ok()) {
        graphs[0].series.push_back(allocated_line(
            jobs.value(), ask.grid, [](const Job& job) { return job.allocated.cores; }));
    } else {
        log_missing(jobs.error());
    }
    return graphs;
}

Graphs memory_graph(const UserAsk& ask, Context& context) {
    const auto sum = [&](promql::Literal metric) {
        return promql::tagged(metric,
                              promql::sum(gauge(of_user(metric, ask), ask.grid, ask.interval)));
    };
    const auto ticket = context.metrics.ask(
        {promql::either(sum(metric::kMemoryMax), sum(metric::kMemoryUsage)), ask.grid});
    const auto jobs = jobs_in(ask, context);
    auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    constexpr PartLine kLines[] = {{"slurm_job_memory_max", 0, "memory_max", 1},
                                   {"slurm_job_memory_usage", 0, "used", 1}};
    std::vector<Graph> graphs = {blank("mem", Unit::Bytes)};
    add_lines(graphs, std::move(answer).value(), kLines);
    if (jobs.ok()) {
        graphs[0].series.push_back(allocated_line(jobs.value(), ask.grid, [](const Job& job) {
            return static_cast<double>(job.allocated.memory.count);
        }));
    } else {
        log_missing(jobs.error());
    }
    return graphs;
}

/// Watts that the GPUs of a job may draw, by the site's table.
double gpu_watts(const Job& job, const Site& site) {
    for (const GpuModel& model : site.gpus) {
        if (model.gres == job.allocated.gpus.model) {
            return model.power_w * job.allocated.gpus.count;
        }
    }
    return 0;
}

Graphs gpu_graphs(const UserAsk& ask, Context& context) {
    const auto sum = [&](promql::Literal metric) {
        return promql::tagged(metric,
                              promql::sum(gauge(of_user(metric, ask), ask.grid, ask.interval)));
    };
    const auto ticket = context.metrics.ask(
        {promql::either(sum(metric::kGpuUtilization), sum(metric::kGpuPower)), ask.grid});
    const auto jobs = jobs_in(ask, context);
    auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    constexpr PartLine kLines[] = {{"slurm_job_utilization_gpu", 0, "used", kPercent},
                                   {"slurm_job_power_gpu", 1, "used", kMilli}};
    std::vector<Graph> graphs = {blank("gpu_utilization", Unit::Gpus),
                                 blank("gpu_power", Unit::Watts)};
    add_lines(graphs, std::move(answer).value(), kLines);
    if (!jobs.ok()) {
        log_missing(jobs.error());
        return graphs;
    }
    const auto gpus = [](const Job& job) { return job.allocated.gpus.count; };
    const auto watts = [&](const Job& job) { return gpu_watts(job, context.site); };
    graphs[0].series.push_back(allocated_line(jobs.value(), ask.grid, gpus));
    graphs[1].series.push_back(allocated_line(jobs.value(), ask.grid, watts));
    for (Graph& graph : graphs) graph::drop_zeros(graph.series);
    return graphs;
}

Graphs lustre_graph(const UserAsk& ask, Context& context) {
    return lustre_graphs_of({"user", ask.owner.value}, ask.grid, ask.interval, context);
}

struct UserFamily {
    std::string_view slug;
    std::vector<std::string_view> slugs;
    Graphs (*answer)(const UserAsk&, Context&);
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
        const bool named = family.slug == slug || std::find(family.slugs.begin(), family.slugs.end(),
                                                            slug) != family.slugs.end();
        const bool measured =
            family.lustre ? site.exporters.lustre.enabled : site.exporters.job.enabled;
        if (named && measured) return family;
    }
    throw HttpError(404, "");
}

}  // namespace

Response user_graph(const Request& request, Context& context) {
    const std::string& slug = request.capture("graph");
    const UserFamily& family = family_of(slug, context.site);
    const Instant now = context.clock.now();
    TimeRange range = range_of(request, {now - kLongestRange, now});
    if (request.query.empty()) range.from = now - kDefaultRange;
    const Exporters& exporters = context.site.exporters;
    const Seconds interval = family.lustre ? exporters.lustre.interval : exporters.job.interval;
    const prometheus::Grid grid = grid_for(range, interval);
    const Username owner = request.username();
    const auto uid = uid_of(owner, context);
    if (!uid.ok()) return source_missing_json(uid.error());
    auto graphs = family.answer({owner, uid.value(), grid, interval}, context);
    if (!graphs.ok()) return source_missing_json(graphs.error());
    graph::Answer answer{range, true, grid, std::move(graphs).value(), {}};
    if (slug != family.slug || family.slugs.size() == 1) {
        std::erase_if(answer.graphs, [&](const Graph& graph) { return graph.slug != slug; });
    }
    return graph::respond(answer, "", interval);
}

}  // namespace portal::jobstats
