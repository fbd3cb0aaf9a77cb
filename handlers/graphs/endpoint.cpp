#include "handlers/graphs/endpoint.h"

#include <algorithm>
#include <iterator>

#include "fcgi/base/text.h"
#include "fcgi/http/response_writer.h"
#include "handlers/graphs/graph_json.h"

namespace portal::graph {
namespace {

Detail detail_of(const Request& request, std::span<const Row> rows) {
    const auto series = request.parameter("series");
    if (!series) return Detail::Summary;
    if (*series == "all") return Detail::All;
    const bool by_node = std::any_of(rows.begin(), rows.end(),
                                     [](const Row& row) { return row.by_node.has_value(); });
    if (*series != "nodes" || !by_node) throw HttpError(400, "");
    return Detail::Nodes;
}

/// The row of the one graph that is named; null: all of the family are.
const Row* row_of(const Named& named) {
    if (named.slug == named.family) return nullptr;
    const auto row = std::find_if(named.graphs.begin(), named.graphs.end(),
                                  [&](const Row& one) { return one.slug == named.slug; });
    return row == named.graphs.end() ? nullptr : &*row;
}

void show(Graph& graph, const Row& row, Detail detail) {
    if (detail == Detail::All) return;
    if (detail == Detail::Nodes) {
        if (row.by_node) list_nodes(graph, *row.by_node);
        return;
    }
    if (row.by_node && sum_nodes(graph, *row.by_node)) return;
    if (row.fold != nullptr) row.fold(graph);
}

/// The graphs that are named, those with many lines folded unless all are requested.
std::vector<Graph> shown(Drawn& drawn, const Named& named, Detail detail) {
    const Row* const one = row_of(named);
    std::vector<Graph> graphs;
    for (const Row& row : named.graphs) {
        if (one != nullptr && &row != one) continue;
        graphs.push_back(std::move(drawn.named(row.slug)));
        show(graphs.back(), row, detail);
    }
    return graphs;
}

/// All that an answer depends on, as text; empty if the subject has no version.
std::string key_of(const Request& request, const State& state, const Ask& ask) {
    if (state.version.empty()) return {};
    const prometheus::Grid& grid = ask.grid;
    const std::string points = std::to_string(unix_seconds(grid.start)) + ' ' +
                               std::to_string(grid.step.count()) + ' ' + std::to_string(grid.count);
    return request.path + '?' + request.raw_query + ' ' + state.version + ' ' + points + ' ' +
           ask.site.fingerprint;
}

std::string cache_control(Seconds fresh) {
    if (fresh.count() == 0) return "private, no-cache";
    return "private, max-age=" + std::to_string(fresh.count());
}

Response graph_response(std::string json, const std::string& etag, Seconds fresh) {
    Response response = json_response(200, std::move(json), cache_control(fresh));
    if (!etag.empty()) response.headers.emplace_back("ETag", etag);
    return response;
}

bool has_lines(const std::vector<Graph>& graphs) {
    return std::any_of(graphs.begin(), graphs.end(),
                       [](const Graph& graph) { return !graph.series.empty(); });
}

}  // namespace

Response respond(const Named& named, State state, const Request& request, Context& context,
                 const std::function<Result<Drawn>(const Ask&)>& drawn) {
    const TimeRange range = state.whole ? range_of(request, *state.whole)
                                        : page_range(request, context.clock.now(), named.ranges);
    const Row* const row = row_of(named);
    const bool alone = row != nullptr && !row->lines.empty();
    const Ask ask{range,          grid_for(range, named.interval),
                  named.interval, detail_of(request, named.graphs),
                  context.site,   alone ? named.slug : std::string_view{}};
    const std::string key = key_of(request, state, ask);
    const std::string etag = key.empty() ? "" : '"' + text::fingerprint(key) + '"';
    const Seconds fresh = state.settled ? Seconds{0} : named.interval;
    if (!etag.empty() && etag_matches(request, etag)) {
        return not_modified(etag, cache_control(fresh));
    }
    if (state.settled) {
        if (auto kept = context.settled.find(key)) return graph_response(*kept, etag, fresh);
    }

    auto found = state.sampled ? drawn(ask) : Drawn{blank_graphs(named.graphs)};
    if (!found.ok()) return source_missing_json(found.error());
    Drawn all = std::move(found).value();
    std::move(all.notices.begin(), all.notices.end(), std::back_inserter(state.notices));
    const Answer answer{
        range,     state.running, ask.grid, shown(all, named, ask.detail), std::move(state.notices),
        all.newest};
    std::string json = to_json(answer);
    if (!answer.notices.empty()) return graph_response(std::move(json), {}, Seconds{0});
    if (state.settled && has_lines(answer.graphs)) context.settled.keep(key, json);
    return graph_response(std::move(json), etag, fresh);
}

}  // namespace portal::graph
