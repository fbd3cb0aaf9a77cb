#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "jobs.h"
#include "simulation.h"

namespace portal::simulator {

/// Columns of the job table that are written, in the order of job_values(); 22.05.
extern const std::string_view kJobColumns;
/// Columns of the step table that are written, in the order of step_values().
extern const std::string_view kStepColumns;

/// `text` as an SQL literal in quotes.
std::string quoted(std::string_view text);
/// The job's row as "(…)"; `row` is the text for job_db_inx (a number, or NULL to let MariaDB
/// choose).
std::string job_values(const Job& job, const Cluster& cluster, const Settings& settings,
                       std::string_view row);
/// The steps of the job as "(…)" rows joined by commas; empty if it never started or shows none.
/// Their CPU seconds and peak memory are what the exporters showed.
std::string step_values(const Job& job, UnixTime now, std::string_view row);

/// id_assoc of a person's association with the CPU or the GPU account.
std::uint32_t association(unsigned person, unsigned gpus);

/// The script that belongs to a job, as text; hash_inx is script_index(job).
std::string script(const Job& job);
std::uint64_t script_index(const Job& job);
inline constexpr unsigned kScripts = 40;  ///< distinct scripts of ordinary jobs
/// Script number `index` of the ordinary ones.
std::string ordinary_script(unsigned index);

}  // namespace portal::simulator
