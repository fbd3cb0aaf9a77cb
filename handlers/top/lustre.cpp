#include "handlers/top/lustre.h"

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

constexpr auto& kLengths = graph::kFileSystemLengths;
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

views::TopFileSystem charts_of(const std::string& name, const std::string& base) {
    views::TopFileSystem shown{name, {}};
    for (const auto& family : lustre_graphs().families) {
        const std::string slug(family.slug);
        shown.charts.push_back(
            {slug, base + "graph/" + slug + "/" + url::encode(name) + ".json", name});
    }
    return shown;
}

}  // namespace

const graph::Page<std::string>& lustre_graphs() {
    constexpr auto kBytes = graph::unit::kBytesPerSecond;
    static const graph::Page<std::string> kPage = {
        {traffic("lustre_mdt", "mdt", metric::kLustreOperations, graph::unit::kOperationsPerSecond),
         traffic("lustre_ost_read", "ost", metric::kLustreRead, kBytes),
         traffic("lustre_ost_write", "ost", metric::kLustreWrite, kBytes)},
        kRanges,
        [](const Visit& visit, Context& context) -> Result<std::string> {
            return graph::file_system_of(visit, context.site);
        }};
    return kPage;
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

}  // namespace portal::top
