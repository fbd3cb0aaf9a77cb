#pragma once

#include <array>
#include <chrono>
#include <string>

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/access/account_name.h"
#include "handlers/page/page_range.h"
#include "handlers/visit.h"

namespace portal::accountstats {

/// GET /secure/accountstats/{account}/: use by member, priority, graphs.
[[nodiscard]] Response account_page(const Visit& visit, Context& context);

/// Path of the module or of an account's page, with the base path.
[[nodiscard]] std::string index_link(const Site& site);
[[nodiscard]] std::string account_link(const Site& site, const std::string& account);

/// Ranges of time of the table and the graphs; priority moves slowly and begins with the longest.
inline constexpr std::array<Seconds, 4> kAccountRangeLengths = {
    std::chrono::days{1}, std::chrono::days{7}, std::chrono::days{14}, std::chrono::days{60}};
inline constexpr RangePresets kAccountRanges = {kAccountRangeLengths, kAccountRangeLengths[2],
                                                kAccountRangeLengths.back()};
inline constexpr RangePresets kPriorityRanges = {kAccountRangeLengths, kAccountRangeLengths.back(),
                                                 kAccountRangeLengths.back()};

}  // namespace portal::accountstats
