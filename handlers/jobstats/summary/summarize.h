#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/jobstats/advice/findings.h"
#include "handlers/jobstats/measures/job_measures.h"
#include "handlers/sources/own/summaries/summary.h"

namespace portal::jobstats {

/// What a job read and wrote on shared file systems, bytes; empty: not measured.
struct Traffic {
    std::optional<double> read;
    std::optional<double> written;
};

/// A job as its page knows it, and what the page does not show.
struct Summarized {
    const JobFacts& facts;
    const std::vector<Finding>& findings;
    Traffic traffic;
    std::string login;  ///< as slurm::plain_login() writes it; empty: not known
};

/// The summary of an attempt that is over: the page's own numbers, grades and rules. The one
/// function that makes summaries.
[[nodiscard]] database::Summary summarize(const Summarized& job, Instant now);

/// Changes grades, rules and what was wasted to what the site's limits, rules and prices say now.
void judge(database::Summary& summary, const JobFacts& facts, const std::vector<Finding>& findings);

/// The summary of an attempt whose samples cannot be read: what Slurm's row says.
[[nodiscard]] database::Summary summarize_row(const slurm::Job& job, std::string login,
                                              const Site& site, Instant now);

/// The beginning of a name without its digits and what joins them, in lower case: runs of one kind
/// have the same. No longer than its column.
[[nodiscard]] std::string stem_of(std::string_view name);

}  // namespace portal::jobstats
