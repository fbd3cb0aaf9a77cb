#include "handlers/graphs/endpoint.h"

#include <algorithm>

#include "fcgi/base/text.h"
#include "fcgi/http/response_writer.h"
#include "handlers/graphs/fold.h"
#include "handlers/graphs/graph_json.h"

namespace portal::graph {
namespace {

void fold(Graph& graph, Folding folding) {
    switch (folding) {
        case Folding::MinMedianMaxAndLowest:
            return fold_min_median_max(graph, Worst::Lowest);
        case Folding::MinMedianMaxAndHighest:
            return fold_min_median_max(graph, Worst::Highest);
        case Folding::Largest:
            return fold_largest(graph);
        case Folding::None:
            break;
    }
}

void show(Graph& graph, const Row& row, Detail detail) {
    if (detail == Detail::All) return;
    if (detail == Detail::Nodes) {
        if (row.by_node) list_nodes(graph, *row.by_node);
        return;
    }
    if (!row.by_node || !sum_nodes(graph, *row.by_node)) fold(graph, row.folding);
}

std::string cache_control(Seconds fresh) {
    if (fresh.count() == 0) return "private, no-cache";
    return "private, max-age=" + std::to_string(fresh.count());
}

}  // namespace

Detail detail_of(const Request& request) {
    const auto series = request.parameter("series");
    if (!series) return Detail::Summary;
    if (*series == "nodes") return Detail::Nodes;
    if (*series != "all") throw HttpError(400, "");
    return Detail::All;
}

std::vector<Graph> shown(std::vector<Graph> graphs, std::string_view slug, std::string_view family,
                         std::span<const Row> rows, const Ask& ask) {
    if (slug != family) {
        std::erase_if(graphs, [&](const Graph& graph) { return graph.slug != slug; });
    }
    for (const Row& row : rows) {
        for (Graph& graph : graphs) {
            if (graph.slug == row.slug) show(graph, row, ask.detail);
        }
    }
    return graphs;
}

std::string key_of(const Request& request, const State& state, const Ask& ask) {
    if (state.version.empty()) return {};
    const prometheus::Grid& grid = ask.grid;
    const std::string points = std::to_string(unix_seconds(grid.start)) + ' ' +
                               std::to_string(grid.step.count()) + ' ' + std::to_string(grid.count);
    return request.path + '?' + request.raw_query + ' ' + state.version + ' ' + points + ' ' +
           ask.site.fingerprint;
}

std::string etag_of(const std::string& key) {
    return key.empty() ? std::string{} : '"' + text::fingerprint(key) + '"';
}

bool may_be_kept(const Answer& answer) {
    return answer.notices.empty() &&
           std::any_of(answer.graphs.begin(), answer.graphs.end(),
                       [](const Graph& graph) { return !graph.series.empty(); });
}

Response respond(const Answer& answer, const std::string& etag, Seconds fresh) {
    if (!answer.notices.empty()) return respond(to_json(answer), {}, Seconds{0});
    return respond(to_json(answer), etag, fresh);
}

Response respond(std::string json, const std::string& etag, Seconds fresh) {
    Response response;
    response.content_type = "application/json";
    response.body = std::move(json);
    if (!etag.empty()) response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", cache_control(fresh));
    return response;
}

Response not_modified(const std::string& etag, Seconds fresh) {
    return portal::not_modified(etag, cache_control(fresh));
}

}  // namespace portal::graph
