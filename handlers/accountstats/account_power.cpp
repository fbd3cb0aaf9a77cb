#include <array>
#include <map>
#include <set>

#include "handlers/accountstats/account_graphs.h"
#include "handlers/graphs/held.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;

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
            scale(user.used, metric::kGpuPower.base(1));
            continue;
        }
        const std::array<std::string, 1> type = {std::string(series.label("gpu_type"))};
        const GpuModel* model = gpu_model({}, type, context.site);
        if (model == nullptr) {
            unknown_types.insert(type[0]);
            unknown_users.insert(name);
            continue;
        }
        scale(series.values, model->power_w);
        if (user.allocated.empty()) user.allocated.assign(series.values.size(), prometheus::kGap);
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
