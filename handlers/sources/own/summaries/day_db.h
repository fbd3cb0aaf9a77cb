#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::database {

/// A day in UTC, counted from 1 January 1970.
using Day = std::uint32_t;

/// Days, the last one left out.
struct Days {
    Day from = 0;
    Day to = 0;
    [[nodiscard]] Day count() const { return to > from ? to - from : 0; }
    bool operator==(const Days&) const = default;
};

/// The day in which a moment lies.
[[nodiscard]] inline Day day_of(Instant when) {
    return static_cast<Day>(unsigned_unix_seconds(when) / static_cast<std::uint64_t>(kDay.count()));
}

/// When a day begins.
[[nodiscard]] constexpr Instant beginning_of(Day day) {
    return from_unix(static_cast<std::int64_t>(day) * kDay.count());
}

/// What jobs that ended on some days had, used and wasted together; units as in Summary, empty: not
/// known. Of cores, memory and GPUs the first number is what all had, the next two count where
/// their use is known.
struct DaySums {
    using Number = std::optional<double>;

    /// Account or partition; of a day its number; of a person the login, with the number of the
    /// user behind it where another person has it too, or that number alone.
    std::string name{};
    std::uint64_t jobs = 0;
    std::uint64_t short_jobs = 0;     ///< ran for less than five minutes
    std::uint64_t limit_jobs = 0;     ///< ran with a time limit
    std::uint64_t limit_reached = 0;  ///< of these, ended at it
    Number requested_s{};             ///< their limits
    Number ran_s{};
    Number core_s{};
    Number known_core_s{};
    Number used_core_s{};
    Number wasted_core_s{};
    Number memory_s{};  ///< byte-seconds, as the next three
    Number known_memory_s{};
    Number used_memory_s{};
    Number wasted_memory_s{};
    Number gpu_s{};
    Number known_gpu_s{};
    Number used_gpu_s{};
    Number wasted_gpu_s{};
    Number energy_j{};
    Number cost{};
    Number wasted_cost{};

    void add(const DaySums& other);
};

/// Sums of summaries by day: those of a day are always made again as a whole. Every function errs
/// with any Fault. Source: tables job_day and job_day_due.
class DayDb {
 public:
    enum class By { Person, Account, Partition, EachDay };

    virtual ~DayDb() = default;

    /// Of everybody's jobs that ended on these days, a row for each; in no order but that of days.
    virtual Result<std::vector<DaySums>> of_all(Days days, By by) = 0;
    /// Of an account under each of its names, by Person or EachDay.
    virtual Result<std::vector<DaySums>> of_account(std::span<const std::string> names, Days days,
                                                    By by) = 0;
    /// Of a person with one login or more, by day.
    virtual Result<std::vector<DaySums>> of_person(const Whose& whose, Days days) = 0;

    /// The first day from one on whose summaries have changed; empty: there is none.
    virtual Result<std::optional<Day>> due(Day from) = 0;
    /// Makes the sums of a day again; false: the lease is over, nothing was written.
    virtual Result<bool> make(Day day, const Lease& lease) = 0;
    /// Finds days whose sums count other jobs than there are summaries, and has them made again;
    /// how many there were.
    virtual Result<std::uint64_t> check(Days days, const Lease& lease) = 0;
    /// The first day of which there is a summary or a sum; empty: there is none.
    virtual Result<std::optional<Day>> first() = 0;
};

}  // namespace portal::database
