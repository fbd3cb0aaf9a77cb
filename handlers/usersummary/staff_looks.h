#pragma once

#include "handlers/context.h"
#include "views/pages/usersummary/summary_page.h"

namespace portal::usersummary {

/// Fills in which members of staff looked at the owner's pages, if the site shows that.
void fill_looks(views::SummaryPage& page, const Username& owner, Context& context);

}  // namespace portal::usersummary
