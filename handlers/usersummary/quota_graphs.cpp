#include "handlers/usersummary/quota_graphs.h"

#include "handlers/access/person.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/usersummary/summary_page.h"

namespace portal::usersummary {
namespace {

using graph::Drawn;
using graph::Unit;
namespace unit = graph::unit;
using Family = graph::Family<QuotaOwner>;

/// A line is named by its group, or by its kind in the language of the request.
std::vector<prometheus::Label> name_of(const QuotaSubject& subject, Language language) {
    const bool user = subject.kind.owner == QuotaKind::Owner::User;
    return {{"quota", user ? subject.kind.title.in(language) : subject.name}};
}

Result<Drawn> draw_quotas(const Family& family, const QuotaOwner& owner, const graph::Ask& ask,
                          Context& context) {
    Drawn drawn{blank_graphs(family.graphs)};
    if (owner.subjects.empty()) return drawn;
    const auto asked = ask_quotas(owner.subjects, ask.grid, ask.interval, QuotaStep::Mean, context);
    auto found = graph::collect_parts(asked, context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found).value();
    for (const graph::Row& row : family.graphs) {
        const metric::Metric& metric = row.lines.front().metric;
        graph::Graph& graph = named(drawn.graphs, row.slug);
        for (const QuotaSubject& subject : owner.subjects) {
            const auto place = find_quota(set, subject, metric);
            if (!place) continue;
            graph.series.push_back(graph::take(set.series[*place], "",
                                               name_of(subject, owner.language), metric.base(1)));
        }
    }
    return drawn;
}

Result<QuotaOwner> owner_of(const Visit& visit, Context& context) {
    const Username& login = visit.captures.username;
    const auto uid = uid_of(visit, context);
    if (!uid.ok()) return uid.error();
    const auto allocations = context.directory.allocations_of(login);
    if (!allocations.ok()) return allocations.error();
    return QuotaOwner{quota_subjects(login, allocations.value(), context.site),
                      visit.request.language};
}

}  // namespace

const graph::Families<QuotaOwner>& quota_families() {
    static const graph::Families<QuotaOwner> kFamilies = {
        {.slug = "quota",
         .exporter = &graph::exporter<&Exporters::quota>,
         .graphs = {{.slug = "quota_bytes",
                     .unit = unit::kBytes,
                     .lines = {{metric::kQuotaKbytes, metric::kQuotaKbytes}}},
                    {.slug = "quota_inodes",
                     .unit = unit::kFiles,
                     .lines = {{metric::kQuotaInodes, metric::kQuotaInodes}}}},
         .draw = &draw_quotas}};
    return kFamilies;
}

Response summary_graph(const Visit& visit, Context& context) {
    const graph::Page<QuotaOwner> page{quota_families(), kSummaryRanges, &owner_of};
    Response response = graph::answer(page, visit.captures.graph, visit, context);
    response.headers.emplace_back("Vary", "Cookie, Accept-Language");
    return response;
}

}  // namespace portal::usersummary
