#pragma once

#include <optional>
#include <string_view>

#include "fcgi/base/reading.h"
#include "handlers/site.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/grade.h"

namespace portal {

/// The number of a reading, if it is one.
[[nodiscard]] std::optional<double> number(const Reading& reading);

/// A share up to here is all that there was: clocks and counters are not that exact.
inline constexpr double kAll = 1.02;

/// Grade of a share by the site's table: good at or above `good` percent, poor below `poor`; odd if
/// it is more than all.
[[nodiscard]] views::Grade grade_of(double share, const VerdictLimits& limits);

/// A reading as a share of what was had, graded by these limits; no data if nothing was.
[[nodiscard]] views::Share graded(const Reading& used, double had, const VerdictLimits& limits);

/// The one judge: a use as a graded share of what was had. `measure` is a key of the verdict table.
/// Less than one core that idles is not judged.
[[nodiscard]] views::Share judged(std::string_view measure, const Reading& used, double had,
                                  const Site& site);
/// The same of a job, whose state may decide: time is judged where the job completed, memory is
/// poor after it ran out of it, and cores that only come with its GPUs are not judged.
[[nodiscard]] views::Share judged(std::string_view measure, const Reading& used, double had,
                                  const slurm::Job& job, const Site& site);

/// Cores in use, of processor time in seconds a second: where a core has several threads (the site
/// says so), the time of all of them is that of one core.
[[nodiscard]] double cores_in_use(double used, double had, unsigned threads_per_core);

/// Cores that belong to the GPUs of a job; empty if it has none, or the site does not say.
[[nodiscard]] std::optional<double> even_cores(const slurm::Job& job, const Site& site);

/// When the resources of this row became the job's: its start, or the resize that made the row,
/// which keeps the start of the job and has the resize as its submission. The row has a start.
[[nodiscard]] Instant row_began(const slurm::Job& job);

/// The part of a length of time in which the job was not suspended; at least a second, so that
/// means can be taken over it.
[[nodiscard]] Seconds time_it_ran(Seconds length, const slurm::Job& job);

/// How long the job has run since it started, without the time it was suspended; empty if that is
/// not known.
[[nodiscard]] std::optional<Seconds> ran_so_far(const slurm::Job& job, Instant now);

/// What the job was given once it started, or requested while it waits; of what Slurm wrote no
/// allocation, the request. The one rule for lists, costs and shares.
[[nodiscard]] slurm::Resources size_of(const slurm::Job& job);

/// Memory that the job had: what Slurm allocated, or else what was requested; no data if it wrote
/// neither. Every share of memory is of this, and every text about such a share says it.
[[nodiscard]] Reading memory_had(const slurm::Job& job);

/// Cores and memory in use as shares of what Slurm gave the job.
[[nodiscard]] views::Share cores_share(const Reading& used, const slurm::Job& job,
                                       const Site& site);
[[nodiscard]] views::Share memory_share(const Reading& used, const slurm::Job& job,
                                        const Site& site);

}  // namespace portal
