#pragma once

// handlers/sources/slurm is Slurm's accounting database: the interface for handlers (this file and
// job.h), how rows of its tables become jobs, and the implementation over SQL. May include
// fcgi/base, handlers/sources/sql and the statements of sql/slurm; the numbers and encodings of
// Slurm's tables are known here and nowhere else.
// More than twenty files: a row becomes a job through nearly all of them.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "handlers/sources/slurm/arrays/array.h"
#include "handlers/sources/slurm/job.h"

namespace portal::slurm {

/// Rows that one answer has at most.
inline constexpr std::uint32_t kLongestPage = 1000;

/// Slurm's accounting database, read only. Every function errs with any Fault; deleted rows never
/// appear. Source: <cluster>_job_table, _step_table, _job_script_table, tres_table.
class SlurmDb {
 public:
    virtual ~SlurmDb() = default;

    /// All rows with that number of that owner, the newest first; empty if there is no such job.
    /// Numbers come again: one_submission() tells attempts from other jobs.
    virtual Result<std::vector<Job>> attempts(const Owner& owner, JobId id) = 0;

    /// One page of a part of the owner's jobs: Pending by arrival, NeverStarted by (end, db_index),
    /// Started by (start, end, db_index), all newest first. At most `limit` rows (1 to 1000), cost
    /// independent of how many jobs the owner has. A filter by more than dates
    /// without `from` looks back 90 days from `to` or now, with it 366 days at most;
    /// JobSlice::searched_from tells. A filter that fits few of very many jobs is looked for in
    /// steps, for a second or so: JobSlice::searched_back_to tells how far, `next` goes on.
    /// A job cancelled while it waited may be in Started with an empty Job::started.
    virtual Result<JobSlice> list(const Owner& owner, ListPart part, const JobFilter& filter,
                                  const std::optional<JobCursor>& after, std::uint32_t limit) = 0;

    /// Jobs of the owner that run now (state running or suspended, not ended, nor past all limits),
    /// newest first, at most so many.
    static constexpr std::uint32_t kMostRunning = 5000;
    virtual Result<std::vector<Job>> running(const Owner& owner) = 0;

    /// Another number under which Slurm has jobs of the owner's logins, since theirs changed;
    /// empty: there are none, or the account may not read the table of associations.
    virtual Result<std::optional<Uid>> former_number(const Owner& owner) = 0;

    /// Jobs of everybody that run now and fit the filter, the last submitted first, at most `limit`
    /// (1 to 1000). Cost by the number of jobs that run or wait.
    virtual Result<std::vector<Job>> running_in(const RunningFilter& filter,
                                                std::uint32_t limit) = 0;

    /// Rows of everybody that ended after a place and at or before `until`, by (end, db_index), at
    /// most `limit` (1 to 1000). Cost by these, wherever the place is.
    virtual Result<EndedSlice> ended(const EndedPlace& after, Instant until,
                                     std::uint32_t limit) = 0;
    /// How many rows ended after a moment and at or before `until`; counted up to 100,000.
    virtual Result<std::uint64_t> ended_count(Instant after, Instant until) = 0;

    /// All rows with that number, whoever's, the newest first, at most 200.
    virtual Result<std::vector<Job>> bearers(JobId id) = 0;

    /// Tasks of the array that `task` is one of, by number, the newest attempt of each: the `limit`
    /// (1 to 1000) that came first, at the cost of these. The unsplit rest is not among them.
    virtual Result<std::vector<Job>> array_tasks(const Owner& owner, const Job& task,
                                                 std::uint32_t limit) = 0;

    /// The newest job that is this task of an array, or the unsplit rest that it still is in, or
    /// was in when that was cancelled; with `before` of those submitted before it. Empty if there
    /// is none.
    virtual Result<std::optional<Job>> array_task(const Owner& owner, JobId array,
                                                  std::uint32_t task,
                                                  std::optional<Instant> before) = 0;

    /// A row of the newest array of that number; empty if the owner has none. It tells the
    /// functions below which array is meant, since numbers come again: any row of an array does.
    virtual Result<std::optional<Job>> array(const Owner& owner, JobId id) = 0;
    /// The unsplit rest of the array, waiting or cancelled before it was split; empty if all of its
    /// tasks have rows of their own.
    virtual Result<std::vector<Job>> array_rests(const Owner& owner, const Job& of) = 0;
    /// By hour and state. Cost by the number of the array's tasks, as for the next three.
    virtual Result<std::vector<ArrayCount>> array_counts(const Job& of) = 0;
    /// By index: all tasks up to `up_to`, and those above it that ended badly or were cancelled; at
    /// most `limit`.
    virtual Result<std::vector<TaskMark>> array_marks(const Job& of, std::uint32_t up_to,
                                                      std::uint32_t limit) = 0;
    virtual Result<std::vector<Job>> array_page(const Owner& owner, const Job& of,
                                                const TaskPage& page) = 0;
    /// About that share (0 to 1) of the completed tasks, at most 1000, drawn by chance, but always
    /// the same.
    virtual Result<std::vector<Job>> array_draw(const Owner& owner, const Job& of,
                                                double share) = 0;

    /// The owner's rows with these keys (db_index, at most 1024), in this order.
    virtual Result<std::vector<Job>> rows(const Owner& owner,
                                          const std::vector<std::uint64_t>& keys) = 0;
    /// At most `limit` jobs of the owner that began at `from` or after it, the first first.
    virtual Result<std::vector<Job>> next_starts(const Owner& owner, Instant from,
                                                 std::uint32_t limit) = 0;
    /// Components of the het job that `component` is one of, by offset, in its attempt.
    virtual Result<std::vector<Job>> het_components(const Owner& owner, const Job& component) = 0;

    /// Usage by attempt (db_index) for those that have steps with numbers.
    virtual Result<std::map<std::uint64_t, StepUsage>> usage(
        std::span<const std::uint64_t> attempts) = 0;

    /// The submitted script that Slurm itself keeps, exact bytes as far as its table allows; empty
    /// if it keeps none.
    virtual Result<std::optional<std::string>> script(std::uint64_t attempt) = 0;
};

}  // namespace portal::slurm
