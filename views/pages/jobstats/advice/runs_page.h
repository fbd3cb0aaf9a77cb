#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/job_state.h"
#include "views/base/frame.h"
#include "views/pages/jobstats/advice/next_time.h"
#include "views/parts/grade.h"

namespace portal::views {

/// One run, what it had and which share of it was used. Empty: not known.
struct RunRow {
    using Number = std::optional<double>;

    std::string number;
    std::string link;
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    Instant ended{};
    std::optional<Seconds> ran;
    std::optional<Seconds> limit;
    Number cores;
    Number memory;  ///< bytes
    Number gpus;
    Share time_share;
    Share cores_share;
    Share memory_share;
    Share gpu_share;
    Number wasted_core_hours;
    Number wasted_gpu_hours;
    Number wasted_cost;  ///< in the site's currency
};

/// An account that has runs of the same name.
struct RunsAccount {
    std::string name;
    std::string link;
    bool shown = false;
};

/// The newest runs of jobs whose names differ only by digits.
struct RunsPage {
    Frame frame;
    std::string owner;
    std::string name;  ///< without digits; may be empty
    std::string account;
    std::vector<RunsAccount> accounts;
    std::string currency;
    NextTime next_time;
    bool measured = false;        ///< advice was sought
    bool advice_missing = false;  ///< it could not be, since Slurm's database is away
    std::vector<RunRow> runs;     ///< the newest first
    bool cut = false;             ///< there may be older ones
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const RunsPage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
