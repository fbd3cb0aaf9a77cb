#pragma once

#include <initializer_list>

#include "handlers/sources/prometheus/promql.h"

/// One thing of the world may come as several series: under another account while the exporter
/// cannot read a job's environment, from two servers of a pair, from a target that is scraped under
/// two names or ports, from a GPU that got another number. All questions that add up make one of
/// them first, and the shipped recording rules do the same. What is not added up is joined by
/// graph::join_same().
namespace portal::promql {

using Labels = std::initializer_list<Literal>;

/// One series for each job and node, the largest; `kept` stay, too.
[[nodiscard]] Expr each_node(const Expr& inner, Labels kept = {});
/// Cores together, and then the same.
[[nodiscard]] Expr each_node_of_cores(const Expr& inner, Labels kept = {});
/// Power without parts of cards (MIG-<uuid>; whole ones have a number): each part tells what its
/// card draws.
[[nodiscard]] Selector of_whole_cards(Selector power);
/// A recorded rule by user and account: each of a pair of Prometheus servers may record it.
[[nodiscard]] Expr each_account(const Expr& rule);
/// One series for each GPU of a job.
[[nodiscard]] Expr each_card(const Expr& inner, Labels kept = {});

}  // namespace portal::promql
