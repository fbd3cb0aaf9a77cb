#include "handlers/top/lustre.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/page/page_range.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using promql::Expr;
using promql::Selector;

constexpr std::array<Seconds, 3> kLengths = {std::chrono::hours{6}, std::chrono::hours{24},
                                             std::chrono::days{7}};
constexpr RangePresets kRanges = {kLengths, kLengths.front(), kLengths.back()};

/// The heaviest users at each moment, so more of them than that over a range. A user's series are
/// added up before they are compared.
Expr heaviest(const graph::Line& line, const std::string& file_system, const graph::Ask& ask) {
    const Selector selector = Selector(line.metric)
                                  .eq("component", line.part.text())
                                  .eq("fs", file_system)
                                  .ne("user", "root");
    const Expr by_user =
        promql::sum_by({"user"}, graph::each_target(sampled(line.metric, selector, ask)));
    return promql::topk(ask.site.top.lustre_users, by_user);
}

/// Traffic that the proxy gave nobody's name is everybody else's together.
std::string user_id(const prometheus::Series& series) {
    return series.label("user").empty() ? "others" : "user";
}

/// One kind of traffic of a file system, by its component.
graph::Family<std::string> traffic(const std::string& slug, promql::Literal component,
                                   const metric::Metric& metric, graph::Unit unit) {
    return {.slug = slug,
            .exporter = &graph::exporter<&Exporters::lustre>,
            .graphs = {{.slug = slug,
                        .unit = unit,
                        .lines = {{.part = component, .metric = metric, .id_of = &user_id}},
                        .labels = {"user"},
                        .zeros = graph::Zeros::Dropped}},
            .question = &heaviest};
}

Result<std::string> file_system_of(const Visit& visit, Context& context) {
    const auto& known = context.site.exporters.lustre.file_systems;
    const auto found = std::find(known.begin(), known.end(), visit.captures.file_system);
    if (found == known.end()) throw HttpError(404, "");
    return *found;
}

Response answer(const Visit& visit, Context& context, const std::string& slug) {
    static const graph::Page<std::string> kPage{lustre_families(), kRanges, &file_system_of};
    return graph::answer(kPage, slug, visit, context);
}

views::TopFileSystem charts_of(const std::string& name, const std::string& base) {
    views::TopFileSystem shown{name, {}};
    for (const auto& family : lustre_families()) {
        const std::string slug(family.slug);
        shown.charts.push_back(
            {slug, base + "graph/" + slug + "/" + url::encode(name) + ".json", name});
    }
    return shown;
}

}  // namespace

const graph::Families<std::string>& lustre_families() {
    constexpr auto kBytes = graph::unit::kBytesPerSecond;
    static const graph::Families<std::string> kFamilies = {
        traffic("lustre_mdt", "mdt", metric::kLustreOperations, graph::unit::kOperationsPerSecond),
        traffic("lustre_ost_read", "ost", metric::kLustreRead, kBytes),
        traffic("lustre_ost_write", "ost", metric::kLustreWrite, kBytes),
    };
    return kFamilies;
}

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
        page.file_systems.push_back(charts_of(name, base));
    }
    return context.views.render(page);
}

Response lustre_operations_graph(const Visit& visit, Context& context) {
    return answer(visit, context, "lustre_mdt");
}

Response lustre_bytes_graph(const Visit& visit, Context& context) {
    return answer(visit, context, "lustre_ost_" + visit.captures.way);
}

}  // namespace portal::top
