#pragma once

// handlers/page is what handlers of pages share: the frame, links, errors, time ranges, sorting,
// the API's answers. It knows no module.
// May include: fcgi, the interfaces of sources, views, handlers' faces. May not: another folder of
// handlers.
// More than twenty files: each is one thing that a page has, by itself.

#include <string>
#include <string_view>

#include "handlers/site.h"
#include "handlers/visit.h"
#include "views/base/frame.h"

namespace portal {

/// Frame of a page. `whose` is the login whose data it shows, empty if the page is nobody's.
[[nodiscard]] views::Frame frame_of(const Visit& visit, const Site& site, Instant now,
                                    std::string_view whose);

/// The step of the way that leads to a person's jobs.
[[nodiscard]] views::Crumb jobs_crumb(const views::Frame& frame, const std::string& owner,
                                      const std::string& link);

}  // namespace portal
