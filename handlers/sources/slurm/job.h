#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/job_state.h"
#include "fcgi/base/units.h"
#include "handlers/sources/slurm/wait_reason.h"

namespace portal::slurm {

/// GPUs of one job. `model` is the name after gres/gpu: in Slurm, empty if the site does not type
/// them.
struct GpuCount {
    std::uint32_t count = 0;
    std::string model;
};

/// Requested or allocated resources of a job row. Zero means that Slurm wrote none.
struct Resources {
    std::uint32_t cores = 0;
    Bytes memory;
    std::uint32_t nodes = 0;
    GpuCount gpus;
};

/// Exit code of a job: `code:signal` as sacct prints it.
struct ExitCode {
    std::uint32_t code = 0;
    std::uint32_t signal = 0;
};

/// The state that Slurm numbers so, or Unknown.
[[nodiscard]] JobState job_state(std::uint32_t number);

/// Position in a user's job list, all three columns of its order.
struct JobCursor {
    std::int64_t started = 0;
    std::int64_t ended = 0;
    std::uint64_t db_index = 0;
    auto operator<=>(const JobCursor&) const = default;
};

/// What contradicts itself in a row: no length of time can be drawn from it then.
enum class RowFault {
    None,
    EndLost,           ///< over, or long past its limit, and Slurm never wrote the end
    StartLost,         ///< over after a run whose start Slurm never wrote
    EndBeforeStart,    ///< clocks of two machines
    EndedYetGoingOn,   ///< has an end, and a state that goes on
    SuspendedTooLong,  ///< suspended for longer than it ran
};

/// One row of Slurm's job table: one attempt of one job. Texts are valid UTF-8.
struct Job {
    std::uint64_t db_index = 0;  ///< primary key; joins steps
    JobId id;
    Uid owner;
    std::string name;
    std::string account;
    std::string partition;
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;     ///< Slurm's, also if the state is Unknown
    WaitReason pending_reason{};        ///< whatever number Slurm wrote
    std::optional<Seconds> time_limit;  ///< empty: unlimited, or not set
    bool unlimited = false;             ///< that was set
    Instant submitted{};
    std::optional<Instant> eligible;  ///< empty: not yet (held, dependency, throttled)
    std::optional<Instant> started;   ///< empty: never started
    std::optional<Instant> ended;     ///< empty: still waiting or running, or the end was lost
    Seconds suspended{0};             ///< total so far
    RowFault fault = RowFault::None;
    std::optional<Uid> cancelled_by;  ///< empty: by nobody, or Slurm does not say
    Resources requested;
    Resources allocated;
    std::vector<std::string> nodes;  ///< expanded; empty if never started
    bool nodes_unreadable = false;   ///< the node list could not be read
    ExitCode exit_code;
    std::optional<JobId> array;               ///< id of the array this is a task of
    std::optional<std::uint32_t> array_task;  ///< empty on the unsplit rest of an array
    std::uint32_t array_pending = 0;          ///< tasks still in the unsplit rest
    std::string array_rest;                   ///< which ones, for tasks_in() of array.h
    /// When its array was submitted, and when the next array of that number and owner was: numbers
    /// come again. Empty: no row has the array's own number; it was the last one.
    std::optional<Instant> array_began;
    std::optional<Instant> array_next;
    bool array_once = false;  ///< its tasks were counted, and none came twice
    std::optional<JobId> het_job;
    std::uint32_t het_offset = 0;
    std::string work_dir;
    std::string submit_line;  ///< empty if this Slurm does not keep it
    JobCursor position;       ///< its place in a user's list, as the columns say it
    bool skeleton = false;    ///< a row that Slurm has not completed yet
    /// The owner's login as the row's association has it; empty: not known.
    std::string association_user;
    /// A later row of the same owner has its number: another attempt, or another job.
    bool superseded = false;

    /// It computes or is suspended now.
    [[nodiscard]] bool runs() const {
        return started && !ended &&
               (fault == RowFault::None || fault == RowFault::SuspendedTooLong);
    }
    /// It started, and how long it has computed since can be told.
    [[nodiscard]] bool run_known() const { return started && fault == RowFault::None; }
};

/// Whose jobs are asked for: numbers of users are given to other people when somebody leaves, so
/// rows that an association of another login accounts for are left out.
struct Owner {
    Uid uid;
    std::vector<std::string> logins{};  ///< all that the person has; empty: rows of any login
};

/// A login as it is compared: lower case, without a domain.
[[nodiscard]] std::string plain_login(std::string_view login);

/// True if the row is that owner's. Logins are compared without case and without a domain, since
/// Slurm has them as its own machines spell them.
[[nodiscard]] bool is_of(const Owner& owner, const Job& job);

/// Another attempt of a job is submitted at most so long after the end of the one before it.
inline constexpr Seconds kRequeueGap = kHour;
/// How far the clocks of controller and nodes may be apart.
inline constexpr Seconds kClockSlack = kMinute;
/// When an attempt was over at the latest whose end Slurm never wrote and that had no limit.
inline constexpr Seconds kUnknownRun = kDay;

/// The rows that are one submission with `all[chosen]`, in the order of `all`, which are rows of
/// one number and one owner, the newest first. Another attempt follows within kRequeueGap; numbers
/// that come again are other jobs.
[[nodiscard]] std::vector<Job> one_submission(const std::vector<Job>& all, std::size_t chosen);

/// True if both are of one array: of one number, submitted at once.
[[nodiscard]] bool same_array(const Job& a, const Job& b);

/// What Slurm's step table says of one attempt, for jobs without metrics.
struct StepUsage {
    std::optional<Seconds> cpu_time;  ///< user and system seconds of all steps; empty: not counted
    std::optional<Bytes>
        peak_memory;  ///< the least that the peak can have been; empty: not sampled
    /// The most that it can have been, if that is over a tenth more: steps that ran side by side
    /// have a peak each, and nobody knows whether these were reached at the same time.
    std::optional<Bytes> peak_at_most{};
};

/// The three parts of a user's list, in this order.
enum class ListPart { Pending, NeverStarted, Started };

/// What Slurm's row tells the size of. Cores, memory, GPUs and nodes are those that a job was
/// given, or requested; a run time has no job that did not start or whose times contradict each
/// other; a wait is that from the submission to the start, so far, or to the end without one.
enum class Size { Cores, Memory, Gpus, Nodes, RunTime, Wait };
inline constexpr std::size_t kSizes = 6;

/// Both ends included; an empty one is open.
struct SizeRange {
    std::optional<std::uint64_t> least;
    std::optional<std::uint64_t> most;

    [[nodiscard]] bool narrows() const { return least || most; }
};

/// By Size. Memory is in mebibytes, times are in seconds.
using SizeRanges = std::array<SizeRange, kSizes>;

/// What a user's job list is narrowed to; empty members do not narrow.
struct JobFilter {
    std::vector<JobState> states{};
    std::string account{};
    std::string partition{};
    std::string name{};             ///< part of the job name, case does not matter
    std::optional<Instant> from{};  ///< ran (or was submitted, if it never ran) at or after
    std::optional<Instant> to{};    ///< and before
    std::string node{};             ///< one of its nodes
    std::string qos{};              ///< nothing has it if the account may not read their names
    SizeRanges sizes{};
};

/// A place among jobs that are over, by (end, db_index).
struct EndedPlace {
    std::uint64_t end = 0;
    std::uint64_t db_index = 0;
    auto operator<=>(const EndedPlace&) const = default;
};

/// Jobs that ended after a place.
struct EndedSlice {
    std::vector<Job> jobs;
    EndedPlace reached;  ///< all up to there are among them
    bool more = false;   ///< there may be others behind it
};

/// Running jobs of everybody, in partitions of one kind.
struct RunningFilter {
    std::string partition;  ///< part of its name, case does not matter; empty: any
    Instant eligible{};     ///< eligible at or after
    Instant started{};      ///< started at or before
};

/// A page of one part: rows in order, and the cursor of the next page if there may be more, also
/// when there are none on this one.
struct JobSlice {
    std::vector<Job> jobs;
    std::optional<JobCursor> next;
    /// Nothing older was looked at: the filter's `from`, or the one it was given to stay quick.
    std::optional<Instant> searched_from;
    /// The search stopped here for now; older ones are behind `next`.
    std::optional<Instant> searched_back_to{};
    bool of_others = false;  ///< rows were left out: another person had the owner's number
};

}  // namespace portal::slurm
