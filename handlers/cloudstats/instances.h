#pragma once

#include <optional>
#include <string>
#include <vector>

#include "handlers/context.h"

namespace portal::cloudstats {

/// Which machines: those of a project, or one of them. A machine is never asked for without its
/// project, so that nobody reads one of another project by its UUID.
struct Which {
    std::string project;
    std::string uuid;  ///< empty: all of the project

    [[nodiscard]] promql::Selector of(const metric::Metric& metric) const;
};

/// A virtual machine that ran at some time of a range. Empty: not measured.
struct Instance {
    std::string uuid;
    std::string name;
    std::string flavor;
    bool runs = false;                  ///< at the end of the range
    bool paused = false;                ///< there, but does not compute
    std::optional<Instant> last_seen;   ///< to within five minutes
    std::optional<double> vcpus;        ///< newest value in the range
    std::optional<double> used_vcpus;   ///< mean while it ran
    std::optional<double> memory;       ///< bytes, newest value in the range
    std::optional<double> used_memory;  ///< bytes, mean; needs a balloon driver in the machine
};

/// All of them by name and UUID, in one query. `reach` is how far before the end of the range a
/// machine may have run last to be found. Errors: any Fault of Prometheus.
[[nodiscard]] Result<std::vector<Instance>> read_instances(const Which& which, TimeRange range,
                                                           Seconds reach, Context& context);

}  // namespace portal::cloudstats
