#include "handlers/top/user_uses.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "handlers/graphs/held.h"
#include "handlers/jobs/shares.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::top {
namespace {

using promql::Expr;

struct Measure {
    metric::Metric rule;
    std::optional<double> UserUse::*value;
};

/// The rule of used cores looks back so far: jobs that ended since are in it.
constexpr Seconds kTail = 5 * kMinute;
constexpr promql::Literal kLately = "cores_lately";

constexpr std::array kMeasures = {
    Measure{metric::kRuleAllocatedCores, &UserUse::cores},
    Measure{metric::kRuleUsedCores, &UserUse::used_cores},
    Measure{metric::kRuleAllocatedMemory, &UserUse::memory},
    Measure{metric::kRuleMaxMemory, &UserUse::max_memory},
    Measure{metric::kRuleUnlimitedMax, &UserUse::unlimited},
    Measure{metric::kRuleAllocatedGpus, &UserUse::gpus},
    Measure{metric::kRuleUnmeasuredGpus, &UserUse::unmeasured_gpus},
    Measure{metric::kRuleUsedGpus, &UserUse::used_gpus},
    Measure{metric::kRuleNonIdleGpus, &UserUse::busy_gpus},
};

Expr question(const Site& site) {
    std::vector<Expr> parts;
    const auto add = [&](promql::Literal part, const metric::Metric& rule, const Expr& values) {
        const Expr of_users = promql::sum_by({"user"}, promql::each_account(values));
        parts.push_back(promql::tagged(part, in_cores(of_users, rule, site)));
    };
    for (const Measure& measure : kMeasures) {
        add(measure.rule, measure.rule, promql::Selector(measure.rule).now());
    }
    const metric::Metric& cores = metric::kRuleAllocatedCores;
    add(kLately, cores, promql::Selector(cores).max_over(kTail));
    return promql::either(parts);
}

/// What a job that ended a moment ago still uses by the rule is no use of the cores that are left.
/// `lately`: the most cores that were held of late, zero if that is not known.
void leave_out_ended(UserUse& use, double lately, const Site& site) {
    if (!use.used_cores) return;
    const double had = std::max(lately, use.cores.value_or(0));
    use.used_cores = cores_in_use(*use.used_cores, had, site.threads_per_core);
    if (lately <= 0 || lately < *use.used_cores) return;
    if (!use.cores) use.used_cores.reset();
    if (use.cores && *use.cores < lately) use.used_cores = std::min(*use.used_cores, *use.cores);
}

void take(UserUse& use, std::string_view rule, double value) {
    for (const Measure& measure : kMeasures) {
        if (measure.rule.text() == rule) use.*measure.value = value;
    }
}

/// The rule of busy GPUs counts those above zero, and a count of nothing is no sample: all idle and
/// not measured look the same there. The rule of used GPUs sums the same samples and keeps its
/// zeros, so where it speaks, silence of the other means that all are idle.
void count_idle_gpus(UserUse& use) {
    if (!use.busy_gpus && use.gpus.value_or(0) > 0 && use.used_gpus) use.busy_gpus = 0;
}

}  // namespace

Result<std::vector<UserUse>> read_user_uses(Context& context) {
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    const auto answer = context.metrics.collect(context.metrics.ask({question(context.site), now}));
    if (!answer.ok()) return answer.error();
    std::map<std::string, UserUse, std::less<>> by_user;
    std::map<std::string, double, std::less<>> lately;
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        const std::string user(series.label("user"));
        if (series.label("part") == kLately.text()) {
            lately[user] = value;
        } else {
            take(by_user[user], series.label("part"), value);
        }
    }
    std::vector<UserUse> uses;
    for (auto& [user, use] : by_user) {
        use.user = user;
        count_idle_gpus(use);
        const auto found = lately.find(user);
        leave_out_ended(use, found == lately.end() ? 0 : found->second, context.site);
        uses.push_back(std::move(use));
    }
    return uses;
}

}  // namespace portal::top
