#pragma once

#include <ostream>

#include "fcgi/base/units.h"
#include "fcgi/programs/config.h"

namespace portal {

/// What `userportal-admin summarize` is to do.
struct SummarizeWish {
    TimeRange ended;     ///< jobs that ended in that time
    bool again = false;  ///< judges kept ones again, without Prometheus
};

/// Makes the summaries that are missing, or judges kept ones again by today's rules. Skips what is
/// in order already, so that it may be stopped at any moment and run again. Reports progress to
/// `progress`. Throws std::runtime_error if a source is away, or another one is running.
void summarize(const Config& config, const SummarizeWish& wish, std::ostream& progress);

}  // namespace portal
