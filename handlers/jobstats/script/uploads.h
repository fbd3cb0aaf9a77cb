#pragma once

// handlers/jobstats/script is the script of a job: uploaded versions from the portal's own
// database, Slurm's copy where there is none. May include what the module may, and the room run.

#include <optional>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/jobstats/run/job_run.h"
#include "handlers/sources/own/portal_db.h"

namespace portal::jobstats {

/// The jobs under whose numbers a job's script may have been uploaded, the likeliest first: its own
/// and its array's, or its het job's, since only the first component has the user's script.
[[nodiscard]] std::vector<JobId> script_jobs(const slurm::Job& job);

/// Uploaded scripts of one job, the one stored first at the front.
using Uploads = std::vector<database::ScriptVersion>;

/// Those of the versions that belong to these attempts. Job numbers come again: what was stored
/// before the job was submitted is somebody else's. Of several jobs the first that has any counts.
[[nodiscard]] Uploads uploads_of(const Attempts& attempts,
                                 const std::vector<database::ScriptVersion>& versions);

/// True if something was stored so long after the end of the job that its number may have been
/// given to another one meanwhile.
[[nodiscard]] bool may_be_anothers(const Attempts& attempts, const Uploads& uploads);
/// When the number was given to the next job after this one, by all rows that have had it; empty:
/// it was not.
[[nodiscard]] std::optional<Instant> next_bearer(const Attempts& attempts,
                                                 const std::vector<slurm::Job>& rows);
/// Without what was first stored once the next job had the number.
[[nodiscard]] Uploads before_next(const std::optional<Instant>& next, Uploads uploads);
/// Without what may be another job's.
[[nodiscard]] Uploads surely_own(const Attempts& attempts, Uploads uploads);

/// Place of the version that an attempt ran: for the newest attempt the one stored last, for an
/// earlier one the newest that was there before its end. `uploads` is not empty.
[[nodiscard]] std::size_t version_of_attempt(const Attempts& attempts, const Uploads& uploads);

}  // namespace portal::jobstats
