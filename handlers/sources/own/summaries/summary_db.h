#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/summary.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::database {

/// What some jobs had, used and wasted together. Of cores and GPUs the first two count where both
/// are known. Cost in the site's currency; empty: nothing of it is known.
struct Waste {
    using Number = std::optional<double>;

    std::string stem{};  ///< of the names, where it is that of one kind of job
    std::uint64_t jobs = 0;
    Number known_core_s{};
    Number used_core_s{};
    Number wasted_core_s{};
    Number gpu_s{};
    Number known_gpu_s{};
    Number used_gpu_s{};
    Number wasted_gpu_s{};
    Number wasted_cost{};
};

/// A person: one login or more, as slurm::plain_login() writes them, and the number, since people
/// of two domains may have one login.
struct Whose {
    std::vector<std::string> logins{};
    Uid uid{};
};

/// Whose jobs, and between which ends.
struct WasteOf {
    Whose whose{};
    TimeRange ended{};  ///< [from, to)
};

/// Runs of one kind of job: whose, the stem of its name and its account.
struct RunsOf {
    Whose whose;
    std::string stem;
    std::string account;
};

/// What jobs are put in order by: what they wasted, how little they used of what they had, what
/// they drew, waited and cost, and when they ended. Numbered as sql/portal/ranked.sql does.
enum class Rank : std::uint8_t { Waste = 1, Use, Energy, Wait, Cost, End };

/// Both ends included; an empty one is open.
struct NumberRange {
    std::optional<double> least;
    std::optional<double> most;

    [[nodiscard]] bool narrows() const { return least || most; }
};

/// What a summary tells the size of, in the order of sql/portal/ranked_filter.sql: cores, bytes,
/// GPUs, nodes, seconds, seconds, and percent of what it had.
enum class Amount { Cores, Memory, Gpus, Nodes, RunTime, Wait, CoresUse, MemoryUse, GpuUse };
inline constexpr std::size_t kAmounts = 9;

/// What a list is narrowed to; empty members do not narrow.
struct RankFilter {
    std::vector<std::uint32_t> states{};  ///< as Slurm numbers them
    std::string account{};
    std::string partition{};
    std::string name{};  ///< part of the job name, case does not matter
    std::array<NumberRange, kAmounts> amounts{};

    [[nodiscard]] bool narrows() const;
};

/// A part of a list in the order of a number.
struct Ranking {
    WasteOf jobs{};
    Rank rank = Rank::Waste;
    /// What a GPU-second that a job with GPUs wasted weighs, and a core-second of one without.
    double gpu_weight = 1;
    double core_weight = 1;
    RankFilter filter{};
    std::uint32_t skip = 0;
    std::uint32_t limit = 0;
};

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
    /// How many there are, at most `most`: no dearer for who has a hundred times as many.
    virtual Result<std::uint64_t> count(const WasteOf& whose, std::uint32_t most) = 0;
    /// All of them together, and the same by kind of job, those that wasted most.
    virtual Result<Waste> waste(const WasteOf& whose) = 0;
    virtual Result<std::vector<Waste>> waste_by_name(const Ranking& ranking) = 0;
    /// The ends of the first and the last job that is kept of anybody; empty: none is.
    virtual Result<std::optional<TimeRange>> span() = 0;
    /// Job by job, the largest number first; jobs of which it is not known, or that wasted nothing,
    /// are left out. Summary::parts is not read.
    virtual Result<std::vector<Summary>> ranked(const Ranking& ranking) = 0;
    /// The newest runs of one kind, the newest first, however they ended.
    virtual Result<std::vector<Summary>> alike(const RunsOf& kind, std::uint32_t limit) = 0;
    /// The accounts of runs of that kind, whatever its account is: that of the newest run first.
    virtual Result<std::vector<std::string>> accounts(const RunsOf& kind, std::uint32_t limit) = 0;
    /// Keeps a summary in place of an earlier one; false: the lease is over, nothing was written.
    virtual Result<bool> write(const Summary& summary, const Lease& lease) = 0;
    /// Removes at most `limit` of jobs that ended before; how many there were.
    virtual Result<std::uint64_t> prune(Instant before, std::uint32_t limit,
                                        const Lease& lease) = 0;
};

}  // namespace portal::database
