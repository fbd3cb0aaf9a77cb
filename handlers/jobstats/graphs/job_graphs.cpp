#include "handlers/jobstats/graphs/job_graphs.h"

#include <algorithm>

#include "fcgi/http/http_error.h"
#include "fcgi/http/response_writer.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/jobstats/job/power.h"
#include "handlers/page/pages.h"

namespace portal::jobstats {
namespace {

constexpr Seconds kLastSamplesArrive = std::chrono::minutes{10};

bool always(const JobRun& /*run*/, const Site& site) {
    return site.exporters.job.enabled;
}
bool with_gpus(const JobRun& run, const Site& site) {
    return site.exporters.job.enabled && run.has_gpus();
}
bool with_lustre(const JobRun& /*run*/, const Site& site) {
    return site.exporters.lustre.enabled;
}
bool with_nodes(const JobRun& /*run*/, const Site& site) {
    return site.exporters.node.enabled;
}

Seconds job_interval(const Site& site) {
    return site.exporters.job.interval;
}
Seconds node_interval(const Site& site) {
    return site.exporters.node.interval;
}
Seconds lustre_interval(const Site& site) {
    return site.exporters.lustre.interval;
}
Seconds power_interval(const Site& site) {
    return site.exporters.power.interval;
}

const GraphFamily* find_family(std::string_view slug) {
    for (const GraphFamily& family : graph_families()) {
        const auto& slugs = family.slugs;
        if (family.slug == slug || std::find(slugs.begin(), slugs.end(), slug) != slugs.end()) {
            return &family;
        }
    }
    return nullptr;
}

/// All that the answer depends on, known before Prometheus is asked.
std::string dependencies(const Request& request, const JobRun& run, const prometheus::Grid& grid,
                         const Site& site) {
    const slurm::Job& job = run.job;
    const std::string state = std::to_string(job.state_number) + ' ' +
                              std::to_string(job.ended ? unix_seconds(*job.ended) : 0);
    const std::string points = std::to_string(unix_seconds(grid.start)) + ' ' +
                               std::to_string(grid.step.count()) + ' ' + std::to_string(grid.count);
    return request.path + '?' + request.raw_query + ' ' + std::to_string(job.db_index) + ' ' +
           state + ' ' + points + ' ' + site.fingerprint;
}

graph::Answer empty_answer(const JobRun& run, TimeRange range, const prometheus::Grid& grid) {
    return {.range = range, .running = run.running, .grid = grid, .graphs = {}, .notices = {}};
}

/// Graphs without series, for a run that has no samples: the page says why.
std::vector<graph::Graph> blank_graphs(const GraphFamily& family) {
    std::vector<graph::Graph> graphs;
    for (const std::string_view slug : family.slugs) {
        graph::Graph blank;
        blank.slug = slug;
        graphs.push_back(std::move(blank));
    }
    return graphs;
}

void keep_only(std::vector<graph::Graph>& graphs, std::string_view slug,
               const GraphFamily& family) {
    if (slug == family.slug) return;
    std::erase_if(graphs, [&](const graph::Graph& graph) { return graph.slug != slug; });
}

void add_coverage_notice(graph::Answer& answer, const JobRun& run) {
    switch (run.coverage) {
        case Coverage::NotStarted:
            answer.notices.push_back({"not_started", {}});
            break;
        case Coverage::Short:
            answer.notices.push_back({"short_job", {}});
            break;
        case Coverage::PastRetention:
            answer.notices.push_back({"past_retention", {}});
            break;
        case Coverage::NotMeasured:
            answer.notices.push_back({"not_measured", {}});
            break;
        case Coverage::Sampled:
            break;
    }
}

}  // namespace

std::span<const GraphFamily> graph_families() {
    static const std::vector<GraphFamily> kFamilies = {
        {"cpu", {"cpu"}, "cpu", &always, &job_interval, &cpu_graphs},
        {"mem", {"mem"}, "memory", &always, &job_interval, &memory_graphs},
        {"gpu",
         {"gpu_utilization", "gpu_memory_utilization", "gpu_memory", "gpu_power", "gpu_pcie"},
         "gpu",
         &with_gpus,
         &job_interval,
         &gpu_graphs},
        {"lustre",
         {"lustre_mdt", "lustre_ost"},
         "files",
         &with_lustre,
         &lustre_interval,
         &lustre_graphs},
        {"network", {"infiniband_bdw"}, "node", &with_nodes, &node_interval, &network_graphs},
        {"disk",
         {"disk_iops", "disk_bdw", "disk_used"},
         "node",
         &with_nodes,
         &node_interval,
         &disk_graphs},
        {"power", {"power"}, "power", &with_power, &power_interval, &power_graphs},
    };
    return kFamilies;
}

Response job_graph(const Visit& visit, Context& context) {
    const std::string& slug = visit.captures.graph;
    const GraphFamily* family = find_family(slug);
    if (family == nullptr) throw HttpError(404, "");
    const bool all_series = graph::wants_all_series(visit.request);
    const auto found = find_attempts(visit, context);
    if (!found.ok()) return source_missing_json(found.error());

    const Instant now = context.clock.now();
    const JobRun run = run_of(found.value().job(), context.site, now);
    if (!family->shown(run, context.site)) throw HttpError(404, "");
    const Seconds interval = family->interval(context.site);
    const TimeRange range = range_of(visit.request, run.range);
    const prometheus::Grid grid = grid_for(range, interval);
    const bool settled = !run.running && run.range.to + kLastSamplesArrive < now;
    const std::string etag = graph::etag_of(dependencies(visit.request, run, grid, context.site));
    const Seconds fresh = settled ? Seconds{0} : interval;
    if (etag_matches(visit.request, etag)) return graph::not_modified(etag, fresh);

    graph::Answer answer = empty_answer(run, range, grid);
    add_coverage_notice(answer, run);
    if (run.sampled()) {
        auto graphs =
            family->answer({run, range, grid, interval, all_series, context.site}, context);
        if (!graphs.ok()) return source_missing_json(graphs.error());
        answer.graphs = std::move(graphs).value();
    } else {
        answer.graphs = blank_graphs(*family);
    }
    keep_only(answer.graphs, slug, *family);
    return graph::respond(answer, etag, fresh);
}

}  // namespace portal::jobstats
