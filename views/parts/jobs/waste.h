#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fcgi/base/units.h"
#include "views/base/sentence.h"
#include "views/parts/part.h"

namespace portal::views {

/// What jobs had and wasted; empty: not known. Shares are of what was had, 0 to 1.
struct WasteNumbers {
    std::optional<double> core_hours;  ///< of jobs whose use is known
    std::optional<double> cores_share;
    std::optional<double> wasted_core_hours;
    bool gpus = false;                ///< they had some
    std::optional<double> gpu_hours;  ///< as core_hours
    std::optional<double> gpus_share;
    std::optional<double> wasted_gpu_hours;
    std::optional<double> wasted_cost;  ///< in the site's currency
};

/// The same of the jobs that ended in a time.
struct WasteOfDays {
    std::uint64_t jobs = 0;
    TimeRange ended{};
    WasteNumbers numbers;
    Sentence since{};  ///< from when on jobs are kept; empty: all of them are
};

/// What a page about waste says first.
struct WasteAnswer {
    const WasteNumbers& whole;
    const WasteNumbers& earlier;
    const std::string& currency;
    const Sentence& since;  ///< from when on jobs are kept; may be empty
    std::string more{};
};

/// "41.2 % of 1,056 core-hours were used; 621 were wasted, about $12.40." and the same of GPUs,
/// which come first; empty if neither is known.
[[nodiscard]] std::string waste_sentence(const WasteNumbers& numbers, const std::string& currency,
                                         const Words& words);

/// The sentence as the answer of a page, with what else is to be said (may be empty), and the same
/// of as long before. False: nothing is known, and nothing was written.
bool add_waste_answer(TemplateDictionary& dict, const TemplateString& marker,
                      const WasteAnswer& answer, const Words& words);

}  // namespace portal::views
