#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "fcgi/http/response.h"
#include "handlers/access/access.h"
#include "handlers/visit.h"

namespace portal {

using Handler = Response (*)(const Visit&, Context&);

/// Which bodies a route takes: the longest that one of this Content-Type may be, in bytes; empty
/// optional for a type that it does not take (415).
using LongestBody = std::optional<std::size_t> (*)(std::string_view content_type, const Site&);

/// One row of a route table. The segments of a pattern are literals or a {name}, which takes the
/// whole segment, or what is left of it between literals: {graph}.json, graph_{graph}. The names
/// are those of Captures. A GET row serves HEAD too.
struct Route {
    Method method = Method::Get;
    std::string_view pattern;
    Access access;
    Handler handler = nullptr;
    LongestBody longest_body = nullptr;  ///< null: the route takes no body, and none is read
};

using Routes = std::vector<Route>;

}  // namespace portal
