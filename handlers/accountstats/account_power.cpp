#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "handlers/accountstats/account_graphs.h"
#include "handlers/graphs/held.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;

constexpr double kMilli = 1e-3;
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

/// Watts a GPU of that gpu_type may draw. Old drivers leave out the maker's name.
std::optional<double> power_of(std::string_view type, const Site& site) {
    for (const GpuModel& model : site.gpus) {
        const bool same = model.type == type || model.type == "NVIDIA " + std::string(type);
        if (same && model.power_w > 0) return model.power_w;
    }
    return std::nullopt;
}

Expr question(const AccountAsk& ask) {
    const Selector power = Selector(metric::kGpuPower).eq("account", ask.account.full);
    return promql::either(
        promql::tagged("used", held({"user"}, power, ask.grid)),
        promql::tagged("allocated", held_count({"user", "gpu_type"}, power, ask.grid)));
}

void scale(std::vector<double>& values, double factor) {
    for (double& value : values) value *= factor;
}

}  // namespace

Result<Drawn> power_graphs(const AccountAsk& ask, Context& context) {
    auto answer = context.metrics.collect(context.metrics.ask({question(ask), ask.grid}));
    if (!answer.ok()) return answer.error();
    std::map<std::string, UserLines> users;
    std::set<std::string> unknown_types;
    std::set<std::string> unknown_users;
    prometheus::SeriesSet set = std::move(answer).value();
    for (prometheus::Series& series : set.series) {
        const std::string name(series.label("user"));
        UserLines& user = users[name];
        user.user = name;
        if (series.label("part") == "used") {
            user.used = std::move(series.values);
            scale(user.used, kMilli);
            continue;
        }
        const auto watts = power_of(series.label("gpu_type"), context.site);
        if (!watts) {
            unknown_types.emplace(series.label("gpu_type"));
            unknown_users.insert(name);
            continue;
        }
        scale(series.values, *watts);
        if (user.allocated.empty()) user.allocated.assign(series.values.size(), kGap);
        graph::add_values(user.allocated, series.values);
    }
    Drawn drawn{{blank("gpu_power_allocated", Unit::Watts, Stack::Yes),
                 blank("gpu_power_used", Unit::Watts, Stack::Yes),
                 blank("gpu_power_wasted", Unit::Watts, Stack::Yes)},
                {}};
    std::vector<UserLines> lines;
    for (auto& [name, user] : users) {
        // A part of what may be drawn is not what may be drawn.
        if (unknown_users.contains(name)) user.allocated.clear();
        lines.push_back(std::move(user));
    }
    add_users(drawn.graphs, std::move(lines));
    for (const std::string& type : unknown_types) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", type}}});
    }
    return drawn;
}

}  // namespace portal::accountstats
