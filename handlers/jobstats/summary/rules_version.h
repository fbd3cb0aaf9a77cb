#pragma once

#include <string>

#include "handlers/site.h"

namespace portal::jobstats {

/// A fingerprint of all that judgements rest on: rules, limits, prices, models of GPUs. The texts
/// of rules are no part of it.
[[nodiscard]] std::string rules_version(const Site& site);

}  // namespace portal::jobstats
