#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/summary.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::database {

/// Summaries of jobs that are over. Every function errs with any Fault. Source: table job_summary.
class SummaryDb {
 public:
    virtual ~SummaryDb() = default;

    /// Summaries of these rows of Slurm's job table (1 to 1024), in no order; of a row without one
    /// there is none. Compare id_job and time_submit with the row: numbers of rows come again.
    virtual Result<std::vector<Summary>> find(std::span<const std::uint64_t> rows) = 0;
    /// The same, as little as tells whether there is one and of what.
    virtual Result<std::vector<SummaryMark>> marks(std::span<const std::uint64_t> rows) = 0;
    /// Summaries of jobs that ended in [from, to) and after that place, by (time_end, row).
    virtual Result<std::vector<Summary>> between(TimeRange range, const EndPlace& after,
                                                 std::uint32_t limit) = 0;
    /// Keeps a summary in place of an earlier one; false: the lease is over, nothing was written.
    virtual Result<bool> write(const Summary& summary, const Lease& lease) = 0;
    /// Removes at most `limit` of jobs that ended before; how many there were.
    virtual Result<std::uint64_t> prune(Instant before, std::uint32_t limit,
                                        const Lease& lease) = 0;
};

}  // namespace portal::database
