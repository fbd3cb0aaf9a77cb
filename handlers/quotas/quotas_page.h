#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::quotas {

/// GET /secure/quotas/{username}/: project and nearline storage of each of a person's allocations.
/// The directory away: 503; a Robinhood database away: its file system's part is missing, all of
/// them: 503.
[[nodiscard]] Response quotas_page(const Visit& visit, Context& context);

}  // namespace portal::quotas
