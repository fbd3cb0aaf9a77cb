#pragma once

#include <string>

#include "handlers/site.h"
#include "handlers/sources/slurm/job.h"
#include "views/base/sentence.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// A sentence where the state's word is not enough; empty id otherwise.
[[nodiscard]] views::Sentence state_sentence(const slurm::Job& job);

/// Why an owner is shown by number.
[[nodiscard]] views::Sentence unnamed_owner(Uid owner);

/// The job's number as Slurm writes it: 4711, 4711_3 for a task, 4711+1 for a component.
[[nodiscard]] std::string job_number(const slurm::Job& job);

/// Path of the owner's page, base path included, with final slash.
[[nodiscard]] std::string user_link(const Site& site, const std::string& owner);
/// Path of the page that all jobs of one number and owner share, which shows the newest.
[[nodiscard]] std::string job_base(const Site& site, const std::string& owner, JobId id);
/// What leads from there to this row: nothing, or `?attempt=` if a later row has the number.
[[nodiscard]] std::string attempt_query(const slurm::Job& job);
/// The page of this very job or attempt.
[[nodiscard]] std::string job_link(const Site& site, const std::string& owner,
                                   const slurm::Job& job);

/// Path of the page that all arrays of one number and owner share, which shows the newest.
[[nodiscard]] std::string array_base(const Site& site, const std::string& owner, JobId array);
/// The page of the array that the job is a task or the rest of.
[[nodiscard]] std::string array_link(const Site& site, const std::string& owner,
                                     const slurm::Job& job);
/// The page of a task that is that job; where Slurm has not split it off yet, its array's, which
/// then shows it among the others.
[[nodiscard]] std::string task_link(const Site& site, const std::string& owner,
                                    const slurm::Job& job, std::uint32_t task);

/// A row of a job table without the measured shares.
[[nodiscard]] views::JobRow job_row(const slurm::Job& job, const Site& site,
                                    const std::string& owner, Instant now);

}  // namespace portal
