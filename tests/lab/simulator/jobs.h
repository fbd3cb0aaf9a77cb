#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "curves.h"
#include "fcgi/base/job_state.h"
#include "topology.h"

namespace portal::simulator {

using State = JobState;

inline constexpr State kUnheard{77};  ///< a number that no release of Slurm has

inline constexpr std::uint32_t kNoValue = 4294967294;       ///< Slurm's NO_VAL
inline constexpr std::uint32_t kUnlimited = 4294967295;     ///< time limit in minutes
inline constexpr std::uint64_t kFirstId = 30'000'000;       ///< ids and row numbers of the history
inline constexpr std::uint64_t kAfterHistory = 40'000'000;  ///< ids of the jobs of `live`
inline constexpr std::uint64_t kAfterAll = 60'000'000;      ///< ids from here belong to others
inline constexpr std::uint32_t kExitOutOfMemory = 125;

/// A program beside the main one.
struct Helper {
    std::string path;  ///< as a label of an exporter has it: \, " and ends of lines escaped
    double share = 0;  ///< of the job's core time
};

/// What a job does with what it got. The first `busy_cores` cores and `busy_gpus` GPUs work.
struct Behaviour {
    std::uint64_t seed = 0;
    Curve core;
    unsigned busy_cores = 0;
    double memory_share = 0.5;  ///< of the limit, resident at the peak
    double cache_share = 0.05;  ///< of the limit, page cache at the peak
    bool leaks = false;         ///< memory grows evenly until the end
    Curve gpu;
    unsigned busy_gpus = 0;
    double gpu_memory_share = 0.5;
    Burst read;                      ///< bytes from Lustre
    double write_per_second = 0;     ///< bytes to Lustre while the cores pause
    double write_trickle = 2e4;      ///< bytes per second to Lustre all the time
    double request_bytes = 1048576;  ///< of one read or write on Lustre
    double operations = 2;           ///< metadata operations per second
    double scratch_share = 0.02;     ///< of /localscratch at the end
    unsigned file_system = 0;
    std::string program = "/usr/bin/python3.11";
    std::vector<Helper> helpers = {};  ///< other programs that its cores run
    bool seen = true;                  ///< the job exporter shows it
    bool cores_seen = true;            ///< its cgroup tells the time of cores
    bool peak_seen = true;             ///< its cgroup tells the most memory ever used
    bool limited = true;               ///< its cgroup has a limit of memory
    double threads = 1;                ///< that run at once on each of its cores
    unsigned blind_gpus = 0;           ///< without a process, so that the exporter shows none
};

/// What a cgroup without a limit shows; bytes.
inline constexpr double kNoLimit = 9223372036854771712.0;

/// What a job got on one node.
struct Placement {
    unsigned node = 0;
    std::vector<unsigned> cores;  ///< CPU numbers of the host
    std::vector<unsigned> gpus;   ///< minor numbers of the host
};

/// One row of the job table, and what the simulated cluster needs to run it.
struct Job {
    std::uint64_t row = 0;  ///< job_db_inx; 0 = the database chooses
    std::uint32_t id = 0;
    unsigned person = 0;
    std::string account;
    std::string name;
    std::string partition = "cpubase_bycore_b1";
    std::string story;             ///< name in truth.json, empty = none
    std::string role;              ///< what it is in the crowd (crowd.h), empty = not in it
    std::uint32_t script_job = 0;  ///< id of the job with the same script, 0 = an ordinary one
    unsigned cores = 1;            ///< of the whole job
    unsigned nodes = 1;
    unsigned gpus = 0;                ///< of the whole job
    std::uint64_t memory_mib = 4096;  ///< of the whole job
    bool memory_per_cpu = true;
    std::uint32_t limit_minutes = 60;
    UnixTime submit = 0;
    UnixTime eligible = 0;
    UnixTime start = 0;      ///< 0 = never started
    UnixTime end = 0;        ///< 0 = not ended
    UnixTime row_start = 0;  ///< time_start of the row where it differs (resized jobs)
    UnixTime suspended = 0;
    UnixTime duration = 0;  ///< seconds it will run
    State state = State::Pending;
    State final_state = State::Completed;
    std::uint32_t exit_code = 0;
    std::uint32_t reason = 0;
    std::uint32_t priority = 100'000;
    std::uint32_t array_job = 0;
    std::uint32_t array_task = kNoValue;
    std::string array_rest;  ///< bitmap of the tasks that wait
    unsigned array_waiting = 0;
    unsigned array_throttle = 0;
    std::string dependency;  ///< as sbatch takes it: afterok:4711
    std::uint32_t het_job = 0;
    std::uint32_t het_offset = kNoValue;
    bool skeleton = false;
    bool bare = false;                  ///< TRES strings are empty
    bool raw_name = false;              ///< the name goes as raw UTF-8 bytes into the latin1 column
    bool attempt = false;               ///< one of several rows of this id
    std::string node_list;              ///< where it ran, in Slurm's form; filled at the start
    std::vector<Placement> placements;  ///< in node order; empty = not in the simulated cluster
    Behaviour does;
    std::string advice;  ///< rules that its page should name, comma separated
    std::string script;  ///< commands in place of the usual ones

    /// Whether it was run by the simulated cluster, so that exporters saw it.
    [[nodiscard]] bool simulated() const { return !placements.empty(); }
    /// Seconds of its run that were over at `now`.
    [[nodiscard]] double elapsed(UnixTime now) const;
    [[nodiscard]] std::string_view login() const;
};

/// The Slurm account of a person for jobs with or without GPUs: project_cpu or project_gpu.
std::string account_of(unsigned person, unsigned gpus);

/// A plausible use of what the job requested, drawn from `seed`.
Behaviour ordinary_behaviour(std::uint64_t seed, const Job& job);
/// Cores and GPUs all work at `level` with small pauses to write; the rest is ordinary.
Behaviour steady_behaviour(std::uint64_t seed, const Job& job, double level);

}  // namespace portal::simulator
