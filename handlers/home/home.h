#pragma once

#include "fcgi/http/response.h"
#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::pages {

/// GET /: the site's texts and how the file systems do. Public; asks no source.
[[nodiscard]] Response home(const Visit& visit, Context& context);

/// GET /graph/lustre/{fs}/{graph}.json: ost (read and written bytes per second) or mdt (operations
/// per second by kind) of one configured file system, over one of the preset ranges (`delta`).
/// Public: the answer is made once in a scrape interval for all workers and visitors.
[[nodiscard]] Response home_graph(const Visit& visit, Context& context);

/// GET /secure/me.json: {"login", "staff"} of who asks, for the navigation of the public page.
[[nodiscard]] Response me(const Visit& visit, Context& context);

/// The public graphs; each is about one file system, by name.
[[nodiscard]] const graph::Families<std::string>& home_families();

/// Places that the answers of home_graph need in SharedAnswers.
[[nodiscard]] std::size_t home_answers(const Site& site);

}  // namespace portal::pages
