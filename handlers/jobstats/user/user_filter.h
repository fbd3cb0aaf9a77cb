#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/http/request.h"
#include "handlers/jobs/job_list.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_filter.h"

namespace portal::jobstats {

/// What the user page's URL requests.
struct UserQuery {
    slurm::JobFilter filter;
    bool wasteful = false;  ///< only jobs with that verdict, which nothing indexes
    /// Only what the portal keeps of jobs tells these: the order, and shares that were used, by
    /// database::Amount.
    std::optional<database::Rank> rank{};
    std::array<database::NumberRange, database::kAmounts> uses{};
    std::uint32_t skip = 0;  ///< rows of a ranked list before this page
    /// The parameters that narrow the list, in their order in an address; `state` once for each.
    std::vector<QueryParameter> chosen;
    ListPosition after;
    bool first_page = true;
    bool shows_waiting = true;  ///< waiting jobs are shown above the newest of the others

    /// The list is from what the portal keeps, the newest first if the address names no order.
    [[nodiscard]] bool ranked() const;
};

/// Further rows of a ranked list are behind no link.
inline constexpr std::uint32_t kMostRanked = 10'000;

/// Reads the filters and `after`. Throws HttpError 400 on a value that cannot be read, on a least
/// above its most, and on a cursor that is not one of ours. `last` counts back from `now`.
[[nodiscard]] UserQuery parse_user_query(const Request& request, Instant now);

/// The query string of the page after a position, filters kept; begins with `?`.
[[nodiscard]] std::string next_query(const UserQuery& query, const ListPosition& after);
/// The same of a ranked list, after so many rows.
[[nodiscard]] std::string next_query(const UserQuery& query, std::uint32_t skip);

/// The query string of the filters alone: empty, or beginning with `?`.
[[nodiscard]] std::string filter_query(const UserQuery& query);

/// The query string of the same page without fields that were left empty, as a form without script
/// sends them; empty optional if it has none.
[[nodiscard]] std::optional<std::string> shorter_query(const Request& request,
                                                       const UserQuery& query);

/// What the page shows of it: each filter with the link that takes it away, and those that are a
/// click away. `page` is the link of the page without query.
[[nodiscard]] views::ListFilter shown_filter(const UserQuery& query, const std::string& page);

}  // namespace portal::jobstats
