#pragma once

// handlers/jobstats/chain is the jobs that wait for each other, as submit lines name them. May
// include what the module may, and the rooms run and array.

#include <vector>

#include "handlers/jobstats/run/job_run.h"
#include "views/pages/jobstats/array/chain.h"

namespace portal::jobstats {

/// The jobs that a job was told to wait for and those that were told to wait for it, as far as
/// submit lines of the same owner say, and a search of bounded cost finds them: among those that
/// wait, and those that began next. Numbers of other people's jobs are left out.
struct JobChain {
    views::Chain chain;
    std::vector<views::ChainJob> waits_for;  ///< what keeps it from starting
};
[[nodiscard]] JobChain chain_of(const Attempts& attempts, const std::string& owner,
                                Context& context);

}  // namespace portal::jobstats
