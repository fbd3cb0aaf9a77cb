#pragma once

// handlers/days is what pages about finished jobs of whole days share: the periods that they offer,
// bars (sums.h), and the table of who wasted what with its CSV (table.h), from the sums that the
// portal keeps of summaries. May include what handlers/page may, that, and what waste is worth
// (handlers/jobs/worth.h); knows no module.

#include <optional>
#include <string>
#include <vector>

#include "fcgi/http/request.h"
#include "handlers/jobs/worth.h"
#include "handlers/sources/own/summaries/day_db.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/day_bars.h"
#include "views/parts/jobs/waste.h"

namespace portal {

/// Whole days in UTC up to the end of yesterday, and as many before them.
struct DayPeriod {
    database::Days days;
    database::Days before;
};

/// The period of a page: `days` of the address, 1, 7, 30 or 90; 7 without it. Throws HttpError 400
/// for any other.
[[nodiscard]] DayPeriod day_period(const Request& request, Instant now);

/// A link for each period; the rest of the address stays. `page` is the page's path with the base
/// path; `elsewhere`: the links are on another one, none is the present period.
[[nodiscard]] std::vector<views::RangeChoice> day_choices(const Request& request,
                                                          const std::string& page,
                                                          bool elsewhere = false);

/// "2026-11-29".
[[nodiscard]] std::string date_of(database::Day day);

/// The moments between which jobs of these days ended.
[[nodiscard]] TimeRange range_of_days(database::Days days);

/// All rows together.
[[nodiscard]] database::DaySums total_of(const std::vector<database::DaySums>& rows);

/// What waste is measured by: money where the site has prices and `whole` has it, else core-seconds
/// and GPU-seconds by their worth. Empty: not known.
[[nodiscard]] Worth worth_in(const database::DaySums& whole, const Site& site);
[[nodiscard]] std::optional<double> waste_of(const database::DaySums& sums, const Worth& worth);

/// Seconds as hours, and a share of what was had; empty where one is not known or nothing was had.
[[nodiscard]] std::optional<double> hours_of(std::optional<double> seconds);
[[nodiscard]] std::optional<double> share_of(const std::optional<double>& used,
                                             const std::optional<double>& had);

/// The same numbers in hours, for a sentence: of DaySums or Waste.
template <class Sums>
[[nodiscard]] views::WasteNumbers waste_numbers(const Sums& sums) {
    return {.core_hours = hours_of(sums.known_core_s),
            .cores_share = share_of(sums.used_core_s, sums.known_core_s),
            .wasted_core_hours = hours_of(sums.wasted_core_s),
            .gpus = sums.gpu_s.value_or(0) > 0,
            .gpu_hours = hours_of(sums.known_gpu_s),
            .gpus_share = share_of(sums.used_gpu_s, sums.known_gpu_s),
            .wasted_gpu_hours = hours_of(sums.wasted_gpu_s),
            .wasted_cost = sums.wasted_cost};
}

/// A bar for each day, or for each week of more than five; days without jobs are empty.
[[nodiscard]] views::DayBars day_bars(const std::vector<database::DaySums>& by_day,
                                      database::Days days);

}  // namespace portal
