#include "handlers/home/home.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "fcgi/base/json_writer.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/page_range.h"
#include "handlers/page/pages.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::pages {
namespace {

using graph::Graph;
using promql::Expr;
using promql::Selector;

constexpr std::array<Seconds, 3> kLengths = {std::chrono::hours{6}, std::chrono::hours{24},
                                             std::chrono::days{7}};
constexpr RangePresets kRanges = {kLengths, kLengths[1], kLengths.back()};
constexpr std::array<std::string_view, 2> kGraphs = {"ost", "mdt"};

[[noreturn]] void refuse_range() {
    throw HttpError(400, views::sentence("This is not a valid time range.").id);
}

/// Which preset an address asks for.
std::size_t preset_of(const Request& request) {
    const auto delta = request.parameter("delta");
    for (std::size_t i = 0; i < kLengths.size(); ++i) {
        const bool usual = kLengths[i] == kRanges.usual;
        if (delta ? *delta == std::to_string(kLengths[i].count()) : usual) return i;
    }
    refuse_range();
}

/// Nothing but the preset may stand in a public address: each other form of it would be one more
/// question to the sources.
void check_plain(const Request& request) {
    if (request.query.size() > (request.parameter("delta") ? 1U : 0U)) refuse_range();
}

template <class Names>
std::size_t place_of(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw HttpError(404, "");
    return static_cast<std::size_t>(found - names.begin());
}

/// What one public graph asks.
struct HomeAsk {
    std::string_view slug;
    const std::string& file_system;
    prometheus::Grid grid;
    Seconds interval;
};

Expr rule_of(promql::Literal rule, const HomeAsk& ask) {
    return gauge(Selector(rule).eq("fs", ask.file_system), ask.grid, ask.interval);
}

Expr question(const HomeAsk& ask) {
    if (ask.slug == "mdt") {
        const Expr operations =
            promql::sum_by({"operation"}, rule_of(metric::kRuleLustreOperations, ask));
        return promql::tagged("operations", operations);
    }
    return promql::either(
        promql::tagged("read", promql::sum(rule_of(metric::kRuleLustreRead, ask))),
        promql::tagged("write", promql::sum(rule_of(metric::kRuleLustreWrite, ask))));
}

std::vector<prometheus::Label> operation_of(const prometheus::Series& series) {
    const auto operation = series.label("operation");
    if (operation.empty()) return {};
    return {{"operation", std::string(operation)}};
}

Graph graph_of(const HomeAsk& ask, prometheus::SeriesSet set) {
    Graph graph;
    graph.slug = ask.slug;
    const bool metadata = ask.slug == "mdt";
    graph.unit = metadata ? graph::Unit::OperationsPerSecond : graph::Unit::BytesPerSecond;
    graph.stack = metadata ? graph::Stack::Yes : graph::Stack::No;
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        graph.series.push_back(graph::take(series, part, operation_of(series), 1));
    }
    if (metadata) graph::drop_zeros(graph.series);
    return graph;
}

Result<std::string> make_answer(const HomeAsk& ask, TimeRange range, Context& context) {
    auto answer = context.metrics.collect(context.metrics.ask({question(ask), ask.grid}));
    if (!answer.ok()) return answer.error();
    graph::Answer drawn{range, true, ask.grid, {}, {}};
    drawn.graphs.push_back(graph_of(ask, std::move(answer).value()));
    return graph::to_json(drawn);
}

}  // namespace

std::size_t home_answers(const Site& site) {
    if (!site.exporters.lustre.enabled) return 0;
    return site.exporters.lustre.file_systems.size() * kGraphs.size() * kLengths.size();
}

Response home(const Visit& visit, Context& context) {
    const Site& site = context.site;
    const Instant now = context.clock.now();
    (void)preset_of(visit.request);  // 400 as on every page
    views::HomePage page;
    page.frame = frame_of(visit, site, now, "");
    page.frame.open = true;
    for (const HomeText& text : site.home) {
        page.texts.push_back({text.title.in(visit.request.language),
                              text.text.in(visit.request.language), text.link,
                              text.link_text.in(visit.request.language)});
    }
    if (site.exporters.lustre.enabled) page.file_systems = site.exporters.lustre.file_systems;
    page.graphs = site.base_path + "/graph/lustre/";
    page.ranges = range_choices(visit.request, site.base_path + "/", kRanges);
    Response response = context.views.render(page);
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
}

Response home_graph(const Visit& visit, Context& context) {
    const LustreExporter& lustre = context.site.exporters.lustre;
    if (!lustre.enabled) throw HttpError(404, "");
    const std::size_t system = place_of(lustre.file_systems, visit.captures.file_system);
    const std::size_t slug = place_of(kGraphs, visit.captures.graph);
    const std::size_t preset = preset_of(visit.request);
    check_plain(visit.request);
    const Instant now = context.clock.now();
    const TimeRange range{now - kLengths[preset], now};
    const HomeAsk ask{kGraphs[slug], lustre.file_systems[system], grid_for(range, lustre.interval),
                      lustre.interval};
    const std::size_t place = (system * kGraphs.size() + slug) * kLengths.size() + preset;
    auto answer = context.answers.get(place, lustre.interval,
                                      [&] { return make_answer(ask, range, context); });
    if (!answer.ok()) return source_missing_json(answer.error());
    KeptAnswer kept = std::move(answer).value();
    Response response;
    response.content_type = "application/json";
    response.body = std::move(kept.text);
    const auto left = std::max<Seconds::rep>((lustre.interval - kept.age).count(), 1);
    response.headers.emplace_back("Cache-Control", "public, max-age=" + std::to_string(left));
    return response;
}

Response me(const Visit& visit, Context& /*context*/) {
    JsonWriter json;
    json.begin_object();
    json.key("login").value(visit.viewer.login.value);
    json.key("staff").value(visit.viewer.staff);
    json.end_object();
    Response response;
    response.content_type = "application/json";
    response.body = json.take();
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace portal::pages
