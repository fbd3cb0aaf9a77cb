#pragma once

#include <vector>

#include "handlers/site.h"
#include "handlers/visit.h"
#include "views/base/frame.h"

namespace portal {

/// Links to the portals of other clusters, in the order of the configuration. Each leads to the
/// page that stands for this one there: the same kind of page about the same person or account,
/// with the same preset of its time range. What names a job, a machine or a project of this
/// cluster is left out, and so are filters and the order of a table. A portal that does not show
/// the page's module is linked by its home page.
[[nodiscard]] std::vector<views::SiblingLink> sibling_links(const Visit& visit, const Site& site);

}  // namespace portal
