#include "handlers/accountstats/account_graphs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "handlers/accountstats/account_page.h"
#include "handlers/accountstats/member_use.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::accountstats {
namespace {

using namespace graph;
using promql::Expr;

constexpr promql::Literal kPriority = "priority";

/// Processor time of all threads of the cores that were held is that of the cores.
void count_cores_once(Series& used, const Series& held, unsigned threads_per_core) {
    for (std::size_t point = 0; point < used.values.size(); ++point) {
        if (std::isnan(used.values[point]) || std::isnan(held.values[point])) continue;
        used.values[point] = cores_in_use(used.values[point], held.values[point], threads_per_core);
    }
}

/// Parts of what users hold or use that have no counterpart on the other side.
struct OpenParts {
    std::vector<prometheus::Series> of_users{};
    double sign = 0;  ///< of `held - used`: below zero they are held, above used

    void correct(std::vector<double>& left, std::string_view user) const {
        for (const prometheus::Series& series : of_users) {
            if (series.label("user") != user) continue;
            for (std::size_t point = 0; point < left.size(); ++point) {
                const double part = series.values[point];
                if (!std::isnan(part)) left[point] += sign * part;
            }
        }
    }
};

void add_wasted(Graph& wasted, const Series& allocated, const Series& used, const OpenParts& open) {
    Series line = allocated;
    for (std::size_t point = 0; point < line.values.size(); ++point) {
        line.values[point] -= used.values[point];
    }
    open.correct(line.values, line.label("user"));
    for (double& left : line.values) {
        if (left < 0) left = 0;
    }
    wasted.series.push_back(std::move(line));
}

/// Adds what of the allocated is not used, and brings users into the order of what they hold.
Drawn by_user(Drawn drawn, const OpenParts& open = {}) {
    Graph& allocated = drawn.graphs[0];
    Graph& used = drawn.graphs[1];
    const auto held = [&](const Series& line) {
        const Series* const all = same_line(line, allocated);
        return total_of(all == nullptr ? line.values : all->values);
    };
    sort_lines(used.series, held);
    sort_lines(allocated.series, [](const Series& line) { return total_of(line.values); });
    for (const Series& line : allocated.series) {
        const Series* const busy = same_line(line, used);
        if (busy != nullptr) add_wasted(drawn.graphs[2], line, *busy, open);
    }
    return drawn;
}

Expr recorded_by_user(const Line& line, const AccountName& account, const Ask& ask) {
    return in_cores(recorded({"user"}, of_account(line.metric, account), ask.grid), line.metric,
                    ask.site);
}

void make_means(Graph& graph, const SampleTimes& recordings) {
    for (Series& line : graph.series) recordings.make_means(line.values);
}

Finish finish_recorded(const AccountName& account, const Ask& ask, Context& context,
                       std::optional<prometheus::Ticket> asked, double sign) {
    SampleTimes recordings = recordings_of(account, ask.grid, context);
    return [recordings, asked, sign, &context](Drawn drawn,
                                               const Lines& /*lines*/) mutable -> Result<Drawn> {
        const auto known = recordings.collect();
        if (!known.ok()) return known.error();
        for (Graph& graph : drawn.graphs) make_means(graph, recordings);
        OpenParts open{{}, sign};
        if (asked) {
            auto found = context.metrics.collect(*asked);
            if (!found.ok()) return found.error();
            open.of_users = std::move(found).value().series;
            for (auto& series : open.of_users) recordings.make_means(series.values);
        }
        return by_user(std::move(drawn), open);
    };
}

Finish finish_cores(const AccountName& account, const Ask& ask, Context& context) {
    return [finish = finish_recorded(account, ask, context, std::nullopt, 0),
            threads = ask.site.threads_per_core](Drawn drawn, const Lines& lines) -> Result<Drawn> {
        auto finished = finish(std::move(drawn), lines);
        if (!finished.ok()) return finished;
        Drawn by_users = std::move(finished).value();
        for (Series& used : by_users.graphs[1].series) {
            const Series* const held = same_line(used, by_users.graphs[0]);
            if (held != nullptr) count_cores_once(used, *held, threads);
        }
        return by_users;
    };
}

/// `rule`: what has no counterpart.
template <const metric::Metric& rule, bool is_used>
Finish finish_with(const AccountName& account, const Ask& ask, Context& context) {
    const Expr open = recorded({"user"}, of_account(rule, account), ask.grid);
    return finish_recorded(account, ask, context, context.metrics.ask({open, ask.grid}),
                           is_used ? 1 : -1);
}

Expr power(const Line& line, const AccountName& account, const Ask& ask) {
    const Expr each = promql::each_card(
        promql::of_whole_cards(of_account(line.metric, account)).now(), {"user", "gpu_type"});
    return line.how == How::Count ? held_count({"user", "gpu_type"}, each, ask.grid)
                                  : held({"user"}, each, ask.grid);
}

/// Numbers of GPUs become the watts that their models may draw. Adds models that the site does not
/// describe to the notices: a part of what a user may draw is not what they may draw.
void make_watts(Drawn& drawn, const Site& site) {
    std::set<std::string> unknown_types;
    std::set<std::string_view> unknown_users;
    std::vector<Series>& lines = drawn.graphs[0].series;
    for (Series& line : lines) {
        const std::array type = {std::string(line.label("gpu_type"))};
        const GpuModel* const model = gpu_model({}, type, site);
        if (model == nullptr) {
            unknown_types.insert(type[0]);
            unknown_users.insert(line.label("user"));
        } else {
            for (double& value : line.values) value *= model->power_w;
        }
    }
    std::vector<Series> known;
    for (Series& line : lines) {
        if (unknown_users.contains(line.label("user"))) continue;
        known.push_back(line);
        drop_label(known.back(), "gpu_type");
    }
    join_same(known, &add_values);
    lines = std::move(known);
    for (const std::string& type : unknown_types) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", type}}});
    }
}

Finish finish_power(const AccountName& /*account*/, const Ask& ask, Context& /*context*/) {
    return [&site = ask.site](Drawn drawn, const Lines& /*lines*/) {
        make_watts(drawn, site);
        return by_user(std::move(drawn));
    };
}

/// What was granted to the account, if it is the one of its group that grants are for and the
/// directory names an amount. A directory that is away is said.
std::optional<double> granted(const AccountName& account, std::vector<Notice>& notices,
                              Context& context) {
    if (account.is_default(context.site.default_account_prefix)) return std::nullopt;
    const auto found = context.directory.allocation(account.group);
    if (!found.ok()) {
        log_missing(found.error());
        notices.push_back({"source_missing", {{"source", source_name(found.error().source)}}});
        return std::nullopt;
    }
    if (!found.value()) return std::nullopt;
    const auto& resources = found.value()->resources;
    return account.gpu ? resources.gpu_equivalent : resources.core_equivalent;
}

bool has_job_rules(const Site& site) {
    return site.exporters.job.enabled;
}

bool has_priority(const Site& site) {
    return priority_of({}, site.exporters).has_value();
}

Expr priority_or_use(const Line& line, const AccountName& account, const Ask& ask) {
    if (!line.is(kPriority)) {
        return in_cores(recorded({}, of_account(line.metric, account), ask.grid), line.metric,
                        ask.site);
    }
    const Seconds interval = ask.site.exporters.account.interval;
    const auto priority = priority_of(account, ask.site.exporters);  // known as has_priority() says
    return promql::max_by({}, gauge(priority.value(), ask.grid, interval));
}

/// Says so where the priority was infinite at some time, which no line can show.
void tell_highest(Drawn& drawn, prometheus::Ticket ticket, Context& context) {
    const auto found = context.metrics.collect(ticket);
    if (!found.ok()) return log_missing(found.error());
    const auto& series = found.value().series;
    if (std::any_of(series.begin(), series.end(),
                    [](const auto& one) { return total_of(one.values) > 0; })) {
        drawn.notices.push_back({"priority_highest", {}});
    }
}

std::optional<prometheus::Ticket> ask_highest(const AccountName& account, const Ask& ask,
                                              Context& context) {
    const auto priority = priority_of(account, ask.site.exporters);
    if (!priority) return std::nullopt;
    const Expr value = promql::max_by({}, priority->now());
    return context.metrics.ask({is_infinite({}, value), ask.grid});
}

/// The limit of the graph of use is what was granted for cores or for GPUs.
template <bool gpu>
Finish finish_priority(const AccountName& account, const Ask& ask, Context& context) {
    const auto highest = ask_highest(account, ask, context);
    SampleTimes recordings = recordings_of(account, ask.grid, context);
    std::vector<Notice> notices;
    std::optional<double> amount;
    if (account.gpu == gpu && has_job_rules(ask.site)) amount = granted(account, notices, context);
    return [=, &context, &site = ask.site](Drawn drawn,
                                           const Lines& /*lines*/) mutable -> Result<Drawn> {
        const auto known = recordings.collect();
        if (!known.ok()) return known.error();
        make_means(drawn.graphs[0], recordings);
        std::vector<Series>& lines = drawn.graphs[0].series;
        const auto line_of = [&](std::string_view id) {
            return std::find_if(lines.begin(), lines.end(),
                                [&](const Series& line) { return line.id == id; });
        };
        const auto held = line_of("allocated");
        const auto used = line_of("used");
        if (!gpu && held != lines.end() && used != lines.end()) {
            count_cores_once(*used, *held, site.threads_per_core);
        }
        drawn.notices = std::move(notices);
        if (highest) tell_highest(drawn, *highest, context);
        if (amount) drawn.graphs[0].limit = Limit{"granted", *amount};
        return drawn;
    };
}

/// Priority or the use that it follows from may be measured without the other.
Exporter either(const Exporters& exporters) {
    return {exporters.job.enabled || exporters.account.enabled, exporters.job.interval};
}

using Beside = decltype(Family<AccountName>::beside);

/// One line for each user, in three graphs: SLUG_allocated, SLUG_used and SLUG_wasted.
Family<AccountName> of_users(const std::string& slug, std::string_view section, Unit unit,
                             Line allocated, Line used, Beside beside) {
    const auto row = [&](const char* name, std::vector<Line> lines) {
        for (Line& line : lines) line.id_of = &user_or_other;
        return Row{.slug = slug + name,
                   .unit = unit,
                   .stack = lines.empty() ? Stack::No : Stack::Yes,
                   .lines = std::move(lines),
                   .labels = {"user"},
                   .fold = &fold_largest};
    };
    return {.slug = slug,
            .section = section,
            .exporter = &exporter<&Exporters::job>,
            .graphs = {row("_allocated", {allocated}), row("_used", {used}), row("_wasted", {})},
            .question = &recorded_by_user,
            .beside = beside};
}

Family<AccountName> gpu_power() {
    Family<AccountName> family =
        of_users("gpu_power", "power", unit::kWatts,
                 {.part = "allocated", .metric = metric::kGpuPower, .how = How::Count},
                 {"used", metric::kGpuPower}, &finish_power);
    family.graphs[0].labels.emplace_back("gpu_type");
    family.graphs[2].stack = Stack::Yes;
    family.question = &power;
    return family;
}

template <bool gpu>
Family<AccountName> priority(const std::string& kind, Unit unit, const metric::Metric& allocated,
                             const metric::Metric& used) {
    return {
        .slug = kind + "_priority",
        .exporter = &either,
        .graphs = {{.slug = kind + "_allocation",
                    .unit = unit,
                    .lines = {{.part = "allocated", .metric = allocated, .known = &has_job_rules},
                              {.part = "used", .metric = used, .known = &has_job_rules}}},
                   {.slug = kind + "_priority",
                    .unit = unit::kPriority,
                    .lines = {{.part = kPriority,
                               .metric = metric::kConfigured,
                               .known = &has_priority}}}},
        .question = &priority_or_use,
        .beside = &finish_priority<gpu>,
        .ranges = &kPriorityRanges};
}

Families<AccountName> families() {
    return {
        of_users("cpu", "cpu", unit::kCores, {"allocated", metric::kRuleAllocatedCores},
                 {"used", metric::kRuleUsedCores}, &finish_cores),
        of_users("mem", "memory", unit::kBytes, {"allocated", metric::kRuleAllocatedMemory},
                 {"used", metric::kRuleRssMemory}, &finish_with<metric::kRuleUnlimitedRss, true>),
        of_users("gpu", "gpu", unit::kGpus, {"allocated", metric::kRuleAllocatedGpus},
                 {"used", metric::kRuleUsedGpus}, &finish_with<metric::kRuleUnmeasuredGpus, false>),
        gpu_power(),
        lustre_family<AccountName, LustreLines::Users, &of_account>(),
        priority<false>("cpu", unit::kCores, metric::kRuleAllocatedCores, metric::kRuleUsedCores),
        priority<true>("gpu", unit::kGpus, metric::kRuleAllocatedGpus, metric::kRuleUsedGpus),
    };
}

}  // namespace

const Page<AccountName>& account_graphs() {
    static const Page<AccountName> kPage = {
        families(), kAccountRanges,
        [](const Visit& visit, Context&) -> Result<AccountName> { return visit.captures.account; }};
    return kPage;
}

}  // namespace portal::accountstats
