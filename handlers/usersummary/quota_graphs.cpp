#include "handlers/usersummary/quota_graphs.h"

#include "handlers/access/person.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/usersummary/summary_page.h"

namespace portal::usersummary {
namespace {

using namespace graph;

/// A line is named by its group, or by its kind in the language of the request.
std::vector<prometheus::Label> name_of(const QuotaSubject& subject, Language language) {
    const bool user = subject.kind.owner == QuotaKind::Owner::User;
    return {{"quota", user ? subject.kind.title.in(language) : subject.names.front()}};
}

/// One line for each subject.
void add_lines(Graph& graph, const prometheus::SeriesSet& found, const metric::Metric& metric,
               const QuotaOwner& owner) {
    for (const QuotaSubject& subject : owner.subjects) {
        auto series = find_quota(found, subject, metric);
        if (!series) continue;
        graph.series.push_back(take(*series, "", name_of(subject, owner.language), metric.base(1)));
    }
}

/// How full each quota with a limit was, of what it may hold now.
void add_shares(Graph& graph, const prometheus::SeriesSet& found, const QuotaOwner& owner) {
    struct Amount {
        const metric::Metric& metric;
        std::optional<double> QuotaSubject::*limit;
        const char* id;
    };
    const Amount amounts[] = {{metric::kQuotaKbytes, &QuotaSubject::byte_limit, "quota_space"},
                              {metric::kQuotaInodes, &QuotaSubject::file_limit, "quota_files"}};
    for (const Amount& amount : amounts) {
        for (const QuotaSubject& subject : owner.subjects) {
            const double limit = (subject.*amount.limit).value_or(0);
            auto series = find_quota(found, subject, amount.metric);
            if (!series || limit <= 0) continue;
            graph.series.push_back(take(*series, amount.id, name_of(subject, owner.language),
                                        graph.unit.per_base * amount.metric.base(1) / limit));
        }
    }
    graph.limit = Limit{"quota", graph.unit.per_base};
}

Finish quotas(const QuotaOwner& owner, const Ask& ask, Context& context) {
    return [&owner, &context,
            asked = ask_quotas(owner.subjects, ask.grid, ask.interval, QuotaStep::Mean, context)](
               Drawn drawn, const Lines& /*lines*/) -> Result<Drawn> {
        const auto found = collect_parts(asked, context);
        if (!found.ok()) return found.error();
        const prometheus::SeriesSet& set = found.value();
        add_shares(drawn.named("quota_share"), set, owner);
        add_lines(drawn.named("quota_bytes"), set, metric::kQuotaKbytes, owner);
        add_lines(drawn.named("quota_inodes"), set, metric::kQuotaInodes, owner);
        return drawn;
    };
}

Result<QuotaOwner> owner_of(const Visit& visit, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    const auto allocations = context.directory.allocations_of(visit.captures.username);
    if (!allocations.ok()) return allocations.error();
    return QuotaOwner{quota_subjects(person.value(), allocations.value(), context.site),
                      visit.request.language};
}

}  // namespace

const Page<QuotaOwner>& quota_graphs() {
    static const Page<QuotaOwner> kPage = {
        {{.slug = "quota",
          .exporter = &exporter<&Exporters::quota>,
          .graphs = {{.slug = "quota_share", .unit = unit::kPercent},
                     {.slug = "quota_bytes", .unit = unit::kBytes},
                     {.slug = "quota_inodes", .unit = unit::kFiles}},
          .beside = &quotas}},
        kSummaryRanges,
        &owner_of};
    return kPage;
}

Response summary_graph(const Visit& visit, Context& context) {
    Response response = answer_of<&quota_graphs>(visit, context);
    response.headers.emplace_back("Vary", "Cookie, Accept-Language");
    return response;
}

}  // namespace portal::usersummary
