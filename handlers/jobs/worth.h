#pragma once

#include "handlers/site.h"

namespace portal {

/// What an hour of each thing weighs when different things are put into one order: the site's
/// prices. A thing without a price weighs beside the other as its cores do, a GPU as much as the
/// cores that belong to one.
struct Worth {
    double core = 1;
    double gpu = 1;
    double gib = 1;
    bool priced = false;  ///< cores and GPUs by the site's own prices
};
[[nodiscard]] Worth worth_of(const Site& site);

}  // namespace portal
