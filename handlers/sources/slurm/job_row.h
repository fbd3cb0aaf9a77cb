#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/sources/slurm/job.h"
#include "handlers/sources/slurm/settings.h"
#include "handlers/sources/slurm/tres.h"

namespace portal::slurm {

/// A row of the job table as Slurm keeps it. Columns that need no interpretation are read straight
/// into `job`, texts still in any encoding; times are Unix seconds.
struct JobRow {
    Job job;
    std::uint32_t id_job = 0;
    std::uint32_t id_user = 0;
    bool account_is_null = false;
    std::uint32_t time_limit_minutes = 0;
    std::uint64_t submit = 0;
    std::uint64_t eligible = 0;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t suspended = 0;
    std::uint32_t cpus_requested = 0;
    std::uint64_t memory_requested = 0;
    std::uint32_t nodes_allocated = 0;
    std::string node_list;
    std::string tres_requested;
    std::string tres_allocated;
    std::uint32_t exit_code = 0;
    std::uint32_t array_job = 0;
    std::uint32_t array_task = 0;
    std::uint32_t het_job = 0;
    std::uint32_t het_offset = 0;
    std::optional<std::uint64_t> killed_by;  ///< empty: NULL
    std::uint32_t superseded = 0;
    std::optional<std::uint64_t> array_began;
    std::optional<std::uint64_t> array_next;
};

/// The job that a row describes. `gpus` are this site's GPU resources; `now` ends a suspension that
/// goes on. Texts become valid UTF-8; what cannot be read becomes empty or sets a flag. The row is
/// judged as a whole: where state and times contradict each other, Job::fault says so.
/// `lost_after` as in Settings.
[[nodiscard]] Job make_job(const JobRow& row, const std::vector<GpuTres>& gpus, Instant now,
                           Settings::Text text = Settings::Text::Guessed,
                           Seconds lost_after = kDay);
/// The end of a job without a limit is lost so long after its start.
inline constexpr Seconds kLongestUnlimited = 366 * kDay;

/// GPUs among some resources. The untyped resource counts all GPUs, the typed ones name them, so
/// they are never added to each other. Of several models the most frequent one is named.
[[nodiscard]] GpuCount count_gpus(const TresCounts& counts, const std::vector<GpuTres>& gpus);

}  // namespace portal::slurm
