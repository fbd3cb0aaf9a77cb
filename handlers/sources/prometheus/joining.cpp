#include "handlers/sources/prometheus/joining.h"

#include <vector>

namespace portal::promql {
namespace {

Expr largest_of(Labels thing, Labels kept, const Expr& inner) {
    std::vector<Literal> labels(thing);
    labels.insert(labels.end(), kept.begin(), kept.end());
    return max_by(labels, inner);
}

}  // namespace

Expr each_node(const Expr& inner, Labels kept) {
    return largest_of({"slurmjobid", "node"}, kept, with_node(inner));
}

Expr each_node_of_cores(const Expr& inner, Labels kept) {
    return each_node(sum_without({"core"}, inner), kept);
}

Selector of_whole_cards(Selector power) {
    return power.matches("gpu", "([^M].*)?");
}

Expr each_account(const Expr& rule) {
    return max_by({"cluster", "user", "account", "gpu_type"}, rule);
}

Expr each_card(const Expr& inner, Labels kept) {
    return largest_of({"slurmjobid", "node", "card"}, kept, with_node(with_card(inner, "gpu")));
}

}  // namespace portal::promql
