#pragma once

#include <string>

#include "handlers/context.h"
#include "handlers/visit.h"
#include "views/base/frame.h"
#include "views/base/sentence.h"

namespace portal::top {

/// Path of the module's first page, base path included.
[[nodiscard]] std::string top_link(const Site& site);

/// Titles of the pages.
[[nodiscard]] views::Sentence compute_title();
[[nodiscard]] views::Sentence days_title();
[[nodiscard]] views::Sentence growth_title();
[[nodiscard]] views::Sentence large_jobs_title();
[[nodiscard]] views::Sentence lustre_title();

/// Frame of one of the module's pages, with the way to it.
[[nodiscard]] views::Frame frame_below_top(const Visit& visit, Context& context,
                                           views::Sentence title);

}  // namespace portal::top
