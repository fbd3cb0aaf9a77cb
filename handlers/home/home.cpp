#include "handlers/home/home.h"

#include <algorithm>

#include "fcgi/base/json_writer.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/graph_json.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/page_range.h"

namespace portal::pages {
namespace {

using promql::Expr;
using promql::Selector;

constexpr auto& kLengths = graph::kFileSystemLengths;
constexpr RangePresets kRanges = {kLengths, kLengths[1], kLengths.back()};

[[noreturn]] void refuse_range() {
    throw HttpError(400, views::sentence("This is not a valid time range.").id);
}

/// Which preset an address requests.
std::size_t preset_of(const Request& request) {
    const auto delta = request.parameter("delta");
    for (std::size_t i = 0; i < kLengths.size(); ++i) {
        const bool usual = kLengths[i] == kRanges.usual;
        if (delta ? *delta == std::to_string(kLengths[i].count()) : usual) return i;
    }
    refuse_range();
}

/// A public address is bare or ends in `?delta=N` to the letter: the web server keeps an answer for
/// each spelling of it.
void check_plain(const Request& request, std::size_t preset) {
    const std::string only = "delta=" + std::to_string(kLengths[preset].count());
    if (!request.raw_query.empty() && request.raw_query != only) refuse_range();
}

/// The lines of one file system. Each of a pair of Prometheus servers may record the rules.
Expr once(const graph::Line& line, const std::string& file_system, const graph::Ask& ask) {
    const Expr lines = sampled(line.metric, Selector(line.metric).eq("fs", file_system), ask);
    return promql::max_by({"cluster", "fs", "operation"}, lines);
}

Expr bandwidth(const graph::Line& line, const std::string& file_system, const graph::Ask& ask) {
    return promql::sum(once(line, file_system, ask));
}

Expr operations(const graph::Line& line, const std::string& file_system, const graph::Ask& ask) {
    return promql::sum_by({"operation"}, once(line, file_system, ask));
}

/// The points of a public graph: without the newest step, which is still being measured.
prometheus::Grid finished(prometheus::Grid grid) {
    if (grid.count > 1) --grid.count;
    return grid;
}

Result<std::string> make_answer(const graph::Family<std::string>& family,
                                const std::string& file_system, const graph::Ask& ask,
                                Context& context) {
    auto drawn = family.drawn(file_system, ask, context);
    if (!drawn.ok()) return drawn.error();
    return graph::to_json({ask.range, true, ask.grid, std::move(drawn).value().graphs, {}});
}

}  // namespace

const graph::Families<std::string>& home_families() {
    static const graph::Families<std::string> kFamilies = {
        {.slug = "ost",
         .exporter = &graph::exporter<&Exporters::lustre>,
         .graphs = {{.slug = "ost",
                     .unit = graph::unit::kBytesPerSecond,
                     .lines = {{"read", metric::kRuleLustreRead},
                               {"write", metric::kRuleLustreWrite}}}},
         .question = &bandwidth},
        {.slug = "mdt",
         .exporter = &graph::exporter<&Exporters::lustre>,
         .graphs = {{.slug = "mdt",
                     .unit = graph::unit::kOperationsPerSecond,
                     .stack = graph::Stack::Yes,
                     .lines = {{"operations", metric::kRuleLustreOperations}},
                     .labels = {"operation"},
                     .zeros = graph::Zeros::Dropped}},
         .question = &operations},
    };
    return kFamilies;
}

std::size_t home_answers(const Site& site) {
    if (!site.exporters.lustre.enabled) return 0;
    return site.exporters.lustre.file_systems.size() * home_families().size() * kLengths.size();
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
    const auto& families = home_families();
    const auto& family = graph::find_family(families, visit.captures.graph, context.site);
    const std::string& system = graph::file_system_of(visit, context.site);
    const std::size_t preset = preset_of(visit.request);
    check_plain(visit.request, preset);
    const Instant now = context.clock.now();
    const TimeRange range{now - kLengths[preset], now};
    const graph::Ask ask{range, finished(grid_for(range, lustre.interval)), lustre.interval,
                         graph::Detail::Summary, context.site};
    const auto graph_of_all =
        static_cast<std::size_t>(&system - lustre.file_systems.data()) * families.size() +
        static_cast<std::size_t>(&family - families.data());
    auto answer = context.answers.get(graph_of_all * kLengths.size() + preset, lustre.interval,
                                      [&] { return make_answer(family, system, ask, context); });
    if (!answer.ok()) return source_missing_json(answer.error());
    KeptAnswer kept = std::move(answer).value();
    const auto left = std::max<Seconds::rep>((lustre.interval - kept.age).count(), 1);
    return json_response(200, std::move(kept.text), "public, max-age=" + std::to_string(left));
}

Response me(const Visit& visit, Context& /*context*/) {
    JsonWriter json;
    json.begin_object();
    json.key("login").value(visit.viewer.login.value);
    json.key("staff").value(visit.viewer.staff);
    json.end_object();
    return json_response(200, json.take(), "no-store");
}

}  // namespace portal::pages
