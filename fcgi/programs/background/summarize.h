#pragma once

#include <ostream>

#include "fcgi/base/units.h"
#include "fcgi/programs/config.h"

namespace portal {

/// What `userportal-admin summarize` shall do.
struct SummarizeWish {
    TimeRange ended;     ///< jobs that ended in that time
    bool again = false;  ///< judges what is kept anew, without Prometheus
};

/// Makes the summaries that are missing, or judges those that are kept by the rules as they are
/// now; what is in order already is passed over, so that it may be stopped at any moment and run
/// again. Lines about how far it is go to `progress`. Throws std::runtime_error if a source is
/// away, or somebody else is at it.
void summarize(const Config& config, const SummarizeWish& wish, std::ostream& progress);

}  // namespace portal
