#include "handlers/top/lustre.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/page_range.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using promql::Expr;
using promql::Selector;

constexpr std::array<Seconds, 3> kLengths = {std::chrono::hours{6}, std::chrono::hours{24},
                                             std::chrono::days{7}};
constexpr RangePresets kRanges = {kLengths, kLengths.front(), kLengths.back()};

/// One kind of traffic of a file system.
struct Traffic {
    const char* slug;
    promql::Literal metric;
    promql::Literal component;
    graph::Unit unit;
};

constexpr Traffic kOperations = {"lustre_mdt", metric::kLustreOperations, "mdt",
                                 graph::Unit::OperationsPerSecond};
constexpr Traffic kRead = {"lustre_ost_read", metric::kLustreRead, "ost",
                           graph::Unit::BytesPerSecond};
constexpr Traffic kWrite = {"lustre_ost_write", metric::kLustreWrite, "ost",
                            graph::Unit::BytesPerSecond};

/// The heaviest users at each moment, so more of them than that over a range. A user's series are
/// added up before they are compared.
Expr question(const Traffic& traffic, const std::string& file_system, const prometheus::Grid& grid,
              const Site& site) {
    const Selector selector = Selector(traffic.metric)
                                  .eq("component", traffic.component.text())
                                  .eq("fs", file_system)
                                  .ne("user", "root");
    const Seconds window = rate_window(grid, site.exporters.lustre.interval);
    return promql::topk(site.top.lustre_users, promql::sum_by({"user"}, selector.rate(window)));
}

/// Traffic that the proxy gave nobody's name is everybody else's together.
graph::Series line_of(prometheus::Series& series) {
    const std::string user(series.label("user"));
    if (user.empty()) return graph::take(series, "others", {}, 1);
    return graph::take(series, "user", {{"user", user}}, 1);
}

const std::string& known_file_system(const Visit& visit, const Site& site) {
    const auto& known = site.exporters.lustre.file_systems;
    const auto found = std::find(known.begin(), known.end(), visit.captures.file_system);
    if (!site.exporters.lustre.enabled || found == known.end()) throw HttpError(404, "");
    return *found;
}

Response answer(const Visit& visit, Context& context, const Traffic& traffic) {
    const Site& site = context.site;
    const std::string& file_system = known_file_system(visit, site);
    const TimeRange range = page_range(visit.request, context.clock.now(), kRanges);
    const Seconds interval = site.exporters.lustre.interval;
    const prometheus::Grid grid = grid_for(range, interval);
    auto found = context.metrics.collect(
        context.metrics.ask({question(traffic, file_system, grid, site), grid}));
    if (!found.ok()) return source_missing_json(found.error());
    graph::Graph graph;
    graph.slug = traffic.slug;
    graph.unit = traffic.unit;
    prometheus::SeriesSet set = std::move(found).value();
    for (prometheus::Series& series : set.series) graph.series.push_back(line_of(series));
    graph::drop_zeros(graph.series);
    return graph::respond({range, true, grid, {std::move(graph)}, {}}, "", interval);
}

views::TopFileSystem file_system_of(const std::string& name, const std::string& base) {
    views::TopFileSystem shown{name, {}};
    for (const Traffic* traffic : {&kOperations, &kRead, &kWrite}) {
        const std::string slug = traffic->slug;
        shown.charts.push_back(
            {slug, base + "graph/" + slug + "/" + url::encode(name) + ".json", name});
    }
    return shown;
}

}  // namespace

bool has_lustre(const Site& site) {
    return site.exporters.lustre.enabled && !site.exporters.lustre.file_systems.empty();
}

Response lustre_page(const Visit& visit, Context& context) {
    const Site& site = context.site;
    if (!has_lustre(site)) throw HttpError(404, "");
    (void)page_range(visit.request, context.clock.now(), kRanges);  // 400 if it cannot be read
    const std::string base = top_link(site) + "lustre/";
    views::TopLustrePage page;
    page.frame = frame_below_top(visit, context, lustre_title());
    page.most_users = site.top.lustre_users;
    page.ranges = range_choices(visit.request, base, kRanges);
    for (const std::string& name : site.exporters.lustre.file_systems) {
        page.file_systems.push_back(file_system_of(name, base));
    }
    return context.views.render(page);
}

Response lustre_operations_graph(const Visit& visit, Context& context) {
    return answer(visit, context, kOperations);
}

Response lustre_bytes_graph(const Visit& visit, Context& context) {
    return answer(visit, context, visit.captures.way == "read" ? kRead : kWrite);
}

}  // namespace portal::top
