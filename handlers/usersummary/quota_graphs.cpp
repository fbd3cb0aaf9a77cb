#include <algorithm>
#include <array>

#include "fcgi/http/http_error.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/pages.h"
#include "handlers/usersummary/quota_series.h"
#include "handlers/usersummary/summary_page.h"

namespace portal::usersummary {
namespace {

using graph::Graph;
using graph::Unit;

constexpr std::string_view kFamily = "quota";
constexpr double kKibibyte = 1024;

struct QuotaGraph {
    std::string_view slug;
    Unit unit;
    QuotaNumber number;
    double factor;
};

constexpr std::array kGraphs = {
    QuotaGraph{"quota_bytes", Unit::Bytes, QuotaNumber::Kibibytes, kKibibyte},
    QuotaGraph{"quota_inodes", Unit::Files, QuotaNumber::Files, 1},
};

bool is_asked(const QuotaGraph& one, std::string_view slug) {
    return slug == kFamily || slug == one.slug;
}

/// A line is named by its group, or by its kind in the language of the request.
std::vector<prometheus::Label> name_of(const QuotaSubject& subject, Language language) {
    const bool user = subject.kind.owner == QuotaKind::Owner::User;
    return {{"quota", user ? subject.kind.title.in(language) : subject.name}};
}

Graph graph_of(const QuotaGraph& shown, prometheus::SeriesSet& answer,
               const std::vector<QuotaSubject>& subjects, Language language) {
    Graph graph;
    graph.slug = shown.slug;
    graph.unit = shown.unit;
    for (const QuotaSubject& subject : subjects) {
        const auto found = find_quota(answer, subject, shown.number);
        if (!found) continue;
        graph.series.push_back(
            graph::take(answer.series[*found], "", name_of(subject, language), shown.factor));
    }
    return graph;
}

/// The graphs that are asked for. Errors: any Fault of Prometheus.
Result<std::vector<Graph>> draw(std::string_view slug, const std::vector<QuotaSubject>& subjects,
                                const prometheus::Grid& grid, Language language, Context& context) {
    prometheus::SeriesSet set;
    if (!subjects.empty()) {
        const Seconds interval = context.site.exporters.quota.interval;
        const auto ticket = context.metrics.ask({quota_question(subjects, grid, interval), grid});
        auto answer = context.metrics.collect(ticket);
        if (!answer.ok()) return answer.error();
        set = std::move(answer).value();
    }
    std::vector<Graph> graphs;
    for (const QuotaGraph& one : kGraphs) {
        if (is_asked(one, slug)) graphs.push_back(graph_of(one, set, subjects, language));
    }
    return graphs;
}

}  // namespace

Response summary_graph(const Visit& visit, Context& context) {
    const std::string& slug = visit.captures.graph;
    const bool known = std::any_of(kGraphs.begin(), kGraphs.end(),
                                   [&](const QuotaGraph& one) { return is_asked(one, slug); });
    if (!known || !context.site.exporters.quota.enabled) throw HttpError(404, "");
    const TimeRange range = page_range(visit.request, context.clock.now(), kSummaryRanges);
    const Seconds interval = context.site.exporters.quota.interval;
    const prometheus::Grid grid = grid_for(range, interval);
    const Username owner = visit.captures.username;
    const auto uid = uid_of(visit, context);
    if (!uid.ok()) return source_missing_json(uid.error());
    const auto allocations = context.directory.allocations_of(owner);
    if (!allocations.ok()) return source_missing_json(allocations.error());
    const auto subjects = quota_subjects(owner, allocations.value(), context.site);
    auto graphs = draw(slug, subjects, grid, visit.request.language, context);
    if (!graphs.ok()) return source_missing_json(graphs.error());
    Response response =
        graph::respond({range, true, grid, std::move(graphs).value(), {}}, "", interval);
    response.headers.emplace_back("Vary", "Cookie, Accept-Language");
    return response;
}

}  // namespace portal::usersummary
