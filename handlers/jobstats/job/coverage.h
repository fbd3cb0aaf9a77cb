#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fcgi/base/units.h"

namespace portal::jobstats {

/// What one set of labels tells of the counters of a job on a node. Moments in Unix seconds; both
/// zero if they are not known.
struct Stretch {
    double first = 0;
    double last = 0;
    double growth = 0;  ///< of the counters from first to last
};

/// By node and account: the exporter writes another account while it cannot read the job's
/// environment, and its counters go on meanwhile.
using Stretches = std::map<std::pair<std::string, std::string>, Stretch>;

/// Counters over a run, each moment of a node counted once.
struct Counted {
    double growth = 0;
    double covered = 1;  ///< share of the run on its nodes that was seen; 1 if that is not known
};

/// What was to be seen: a run on some nodes. `slack` may be missing on each node, since samples
/// begin and end within the run.
struct Expected {
    Seconds run;
    Seconds slack;
    std::size_t nodes = 1;
};

[[nodiscard]] Counted join_stretches(const Stretches& stretches, const Expected& expected);

/// Share of the run that seconds seen by node cover; 1 if there are none.
[[nodiscard]] double covered_share(const std::vector<double>& seconds, const Expected& expected);

}  // namespace portal::jobstats
