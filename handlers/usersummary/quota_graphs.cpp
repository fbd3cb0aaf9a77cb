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

/// What a quota limits, and the word key of its lines where a graph has those of both.
struct Amount {
    const metric::Metric& metric;
    std::optional<double> QuotaSubject::*limit;
    const char* id;
};
constexpr Amount kSpace = {metric::kQuotaKbytes, &QuotaSubject::byte_limit, "quota_space"};
constexpr Amount kFiles = {metric::kQuotaInodes, &QuotaSubject::file_limit, "quota_files"};

/// One line for each subject; in percent, how full each quota with a limit was, of what it may hold
/// now.
void add_lines(Graph& graph, const prometheus::SeriesSet& found, const Amount& amount,
               const QuotaOwner& owner) {
    const bool share = graph.unit.word == unit::kPercent.word;
    for (const QuotaSubject& subject : owner.subjects) {
        auto series = find_quota(found, subject, amount.metric);
        const double whole = share ? (subject.*amount.limit).value_or(0) : 1;
        if (!series || whole <= 0) continue;
        graph.series.push_back(take(*series, share ? amount.id : "",
                                    name_of(subject, owner.language),
                                    graph.unit.per_base * amount.metric.base(1) / whole));
    }
}

Finish quotas(const QuotaOwner& owner, const Ask& ask, Context& context) {
    return [&owner, &context,
            asked = ask_quotas(owner.subjects, ask.grid, ask.interval, QuotaStep::Mean, context)](
               Drawn drawn, const Lines& /*lines*/) -> Result<Drawn> {
        const auto found = collect_parts(asked, context);
        if (!found.ok()) return found.error();
        const prometheus::SeriesSet& set = found.value();
        Graph& shares = drawn.named("quota_share");
        for (const Amount& amount : {kSpace, kFiles}) add_lines(shares, set, amount, owner);
        shares.limit = Limit{"quota", shares.unit.per_base};
        add_lines(drawn.named("quota_bytes"), set, kSpace, owner);
        add_lines(drawn.named("quota_inodes"), set, kFiles, owner);
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
          .graphs =
              {{.slug = "quota_share", .unit = unit::kPercent, .made = {kSpace.id, kFiles.id}},
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
