#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// A filter that narrows the list, as the address has it: `state` once for each.
struct FilterValue {
    std::string name;
    std::string value;
    std::string without;  ///< link of the page that this filter does not narrow
};

/// A filter that is one click away.
struct QuickFilter {
    std::string link;  ///< switches it
    bool on = false;
};

/// What went wrong, what was wasteful, with GPUs, the last day, long waits.
inline constexpr std::size_t kQuickFilters = 5;

/// By what was wasted, used, drawn, waited, and by cost.
inline constexpr std::size_t kOrders = 5;

/// The form that narrows the list of jobs.
struct ListFilter {
    std::vector<FilterValue> chosen;  ///< empty: all jobs are shown
    std::array<QuickFilter, kQuickFilters> quick{};
    bool kept = false;  ///< the portal keeps what jobs used: lists can be sorted and narrowed by it
    bool energy = false;  ///< energy is measured
    bool prices = false;  ///< the site has some
    std::array<QuickFilter, kOrders> orders{};
    std::vector<std::string> accounts;  ///< suggestions: what the person used lately
    std::vector<std::string> partitions;
};

/// The form with its chips. `page` is the link of the page without query.
void add_job_filter(TemplateDictionary& dict, const TemplateString& marker,
                    const ListFilter& filter, const std::string& page, const Words& words);

}  // namespace portal::views
