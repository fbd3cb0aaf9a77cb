#pragma once

#include <string_view>
#include <vector>

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/access/access.h"
#include "handlers/context.h"

namespace portal {

using Handler = Response (*)(const Request&, Context&);

/// One row of a route table. Pattern segments are literals or {name}, which takes one whole
/// segment, with literals before and behind it if they stand there: {graph}.json, ost_{way}. HEAD
/// is served by GET rows.
struct Route {
    Method method = Method::Get;
    std::string_view pattern;
    Access access;
    Handler handler = nullptr;
};

using Routes = std::vector<Route>;

}  // namespace portal
