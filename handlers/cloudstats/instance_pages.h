#pragma once

#include <array>
#include <chrono>

#include "fcgi/http/response.h"
#include "handlers/cloudstats/instances.h"
#include "handlers/page/page_range.h"
#include "handlers/visit.h"

namespace portal::cloudstats {

/// GET /secure/cloudstats/project/{project}/: the project's machines and their graphs.
[[nodiscard]] Response project_page(const Visit& visit, Context& context);

/// GET /secure/cloudstats/project/{project}/{uuid}/: one machine.
[[nodiscard]] Response instance_page(const Visit& visit, Context& context);

/// The machines that a path names. Throws HttpError 404 if the site has no cloud.
[[nodiscard]] Which which_of(const Visit& visit, const Site& site);

/// Ranges of time of the pages and graphs.
inline constexpr std::array<Seconds, 3> kCloudRangeLengths = {
    std::chrono::hours{24}, std::chrono::days{7}, std::chrono::days{30}};
inline constexpr RangePresets kCloudRanges = {kCloudRangeLengths, kCloudRangeLengths[1],
                                              kCloudRangeLengths.back()};

}  // namespace portal::cloudstats
