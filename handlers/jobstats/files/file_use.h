#pragma once

// handlers/jobstats/files is what a job did on the shared file systems, as numbers. May include
// what the module may, and the room run.

#include <optional>

#include "handlers/jobstats/run/job_run.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::jobstats {

/// What a job did on the shared file systems: means a second over the time it ran. Empty: not
/// known.
struct FileUse {
    std::optional<double> operations;  ///< on names: opened, looked up, deleted ...
    std::optional<double> opened;
    std::optional<double> deleted;
    std::optional<double> requests;       ///< to read or to write, as the servers got them
    std::optional<double> request_bytes;  ///< mean size of one
};

/// Asks for it in one question.
[[nodiscard]] prometheus::Ticket ask_files(const JobRun& run, Context& context);
/// Errors: any Fault of Prometheus.
[[nodiscard]] Result<FileUse> collect_files(prometheus::Ticket ticket, const JobRun& run,
                                            Context& context);

}  // namespace portal::jobstats
