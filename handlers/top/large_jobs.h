#pragma once

#include <optional>
#include <string>
#include <vector>

#include "handlers/context.h"
#include "handlers/jobs/use/live_use.h"

namespace portal::top {

/// A running job on nodes of much memory.
struct LargeJob {
    slurm::Job job;
    std::string login;    ///< empty: the directory does not know its owner, or is away
    LiveUse use;          ///< empty members: not measured
    bool partly = false;  ///< some of its nodes are silent: it is not judged
};

/// What is known of them, the last submitted first.
struct LargeJobs {
    std::vector<LargeJob> jobs;
    bool more = false;                          ///< there are more than were read
    std::optional<SourceError> metrics_away;    ///< no use is known of some jobs
    std::optional<SourceError> directory_away;  ///< some logins are missing
};

/// Jobs in partitions of the site's name for them. Errors: any Fault of Slurm's database; the other
/// sources may be away.
[[nodiscard]] Result<LargeJobs> read_large_jobs(Context& context);

}  // namespace portal::top
