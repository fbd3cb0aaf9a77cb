#pragma once

#include <string>

#include "fcgi/base/result.h"
#include "fcgi/http/request.h"
#include "handlers/access/access.h"
#include "handlers/sources/own/portal_db.h"

namespace portal {

/// The holder of an API token that may use the route.
struct ApiClient {
    std::string token;  ///< name of the token
};

/// True for the rules that ask for an API token.
[[nodiscard]] bool asks_for_token(Access access);

/// Who sends a request of the API: the holder of the token in `Authorization: Token …`, if it is
/// one that may use the route from where it comes. Notes that the token was used. Throws HttpError
/// 401 (no token, an unknown, revoked or expired one) or 403 (not this action, not this network).
/// Errs with any Fault of the portal's database: what cannot be checked is neither allowed nor
/// refused.
[[nodiscard]] Result<ApiClient> api_client(const Request& request, Access access,
                                           database::PortalDb& db);

}  // namespace portal
