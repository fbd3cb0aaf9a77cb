#pragma once

#include <optional>
#include <string>

#include "fcgi/http/request.h"
#include "handlers/jobs/job_list.h"
#include "handlers/sources/slurm/job.h"
#include "views/pages/jobstats/user_page.h"

namespace portal::jobstats {

/// What the user page's URL requests.
struct UserQuery {
    slurm::JobFilter filter;
    views::UserFilter form;  ///< what to show in the form again
    ListPosition after;
    bool first_page = true;
    bool shows_waiting = true;  ///< waiting jobs are shown above the newest of the others
};

/// Reads state, account, partition, name, from, to and after. Throws HttpError 400 on a value that
/// cannot be read, and on a cursor that is not one of ours.
[[nodiscard]] UserQuery parse_user_query(const Request& request);

/// The query string of the page after a position, filters kept; begins with `?`.
[[nodiscard]] std::string next_query(const UserQuery& query, const ListPosition& after);

/// The query string of the filters alone: empty, or beginning with `?`.
[[nodiscard]] std::string filter_query(const UserQuery& query);

/// Days (YYYY-MM-DD) as the instant they begin, UTC; empty if it is not a day between 1970 and
/// 2100.
[[nodiscard]] std::optional<Instant> parse_day(std::string_view text);

}  // namespace portal::jobstats
