#pragma once

#include <string>
#include <vector>

#include "handlers/jobstats/array/array_data.h"
#include "views/pages/jobstats/array/array_page.h"

namespace portal::jobstats {

/// Tasks by state, the most frequent state first; without links.
[[nodiscard]] std::vector<views::ArrayState> states_of(const ArrayData& data);

/// How fast tasks end, of late, and when the last one does at that pace. Cancelled tasks do not
/// count: nothing computed them.
[[nodiscard]] views::ArrayPace pace_of(const ArrayData& data, Instant now);

/// The tasks to run again: those whose newest attempt ended badly, and perhaps the cancelled ones.
enum class Cancelled { LeftOut, Included };
[[nodiscard]] views::Retry retry_of(const ArrayData& data, Cancelled cancelled);

/// Indices by state, in the order of `states`.
[[nodiscard]] std::vector<views::TaskIndices> indices_of(const ArrayData& data);

/// Least, quartiles, most and a histogram up to `requested` or the most; empty of fewer than four
/// values.
[[nodiscard]] std::optional<views::Spread::Values> values_of(std::vector<double> values,
                                                             std::optional<double> requested);

/// Run time, cores and memory of the drawn tasks, and GPUs if they had some: by what the portal
/// keeps of them, or else by Slurm's rows and steps.
[[nodiscard]] std::vector<views::Spread> spreads_of(const ArrayData& data);

/// At most ten of the drawn tasks that lie far outside the quartiles, the farthest first; links
/// are those of `owner`.
[[nodiscard]] std::vector<views::Outlier> outliers_of(const ArrayData& data, const Site& site,
                                                      const std::string& owner);

}  // namespace portal::jobstats
