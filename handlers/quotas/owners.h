#pragma once

#include <string>

#include "fcgi/http/request.h"
#include "handlers/page/sorting.h"
#include "handlers/sources/robinhood/storage.h"
#include "views/pages/quotas/quotas_page.h"

namespace portal::quotas {

/// How the tables of a page are sorted, and where their heads lead.
struct OwnerOrder {
    const Request& request;
    std::string page;  ///< path with the base path
    Sorting sorting;
};

/// The requested order. Throws HttpError 400 if no table has such a column.
[[nodiscard]] OwnerOrder owner_order(const Request& request, std::string page);

/// Fills owners and heads of the table of a project, or of nearline storage. A table without the
/// column that is requested has the most bytes first.
void fill_owners(views::ProjectQuota& quota, const robinhood::GroupUse& use,
                 const OwnerOrder& order);
void fill_owners(views::NearlineQuota& quota, const robinhood::GroupUse& use,
                 const OwnerOrder& order);

}  // namespace portal::quotas
