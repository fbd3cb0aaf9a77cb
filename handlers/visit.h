#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fcgi/http/request.h"
#include "handlers/access/api_access.h"
#include "handlers/captures.h"
#include "handlers/context.h"
#include "handlers/sources/own/view.h"

namespace portal {

/// A request that has found its page, as its handler sees it.
struct Visit {
    const Request& request;
    std::string_view route;                    ///< pattern; empty on the page of an error: none
    Viewer viewer;                             ///< empty login: not signed in
    std::string form_token;                    ///< for the forms of the viewer's pages
    Captures captures;                         ///< what the path names
    std::optional<ApiClient> client;           ///< on routes that need a token: who holds it
    std::optional<database::Subject> subject;  ///< whose data somebody of the staff looks at
    std::string body;                          ///< on routes that take one
};

}  // namespace portal
