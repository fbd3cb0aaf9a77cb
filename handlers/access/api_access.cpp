#include "handlers/access/api_access.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/network.h"
#include "handlers/access/rules.h"
#include "handlers/page/api.h"

namespace portal {
namespace {

constexpr std::size_t kLongestToken = 256;

bool is_token_scheme(std::string_view word) {
    constexpr std::string_view kScheme = "token";
    return word.size() == kScheme.size() &&
           std::equal(word.begin(), word.end(), kScheme.begin(),
                      [](char left, char right) { return ascii::to_lower(left) == right; });
}

/// The token's text. Throws 401 if there is none.
Secret token_of(const Request& request) {
    const std::string_view header = text::trim(request.authorization.value);
    const auto blank = header.find(' ');
    if (!is_token_scheme(header.substr(0, blank))) throw HttpError(401, "");
    const std::string_view token =
        blank == std::string_view::npos ? "" : text::trim(header.substr(blank));
    if (token.empty()) throw ApiError(401, "Invalid token header. No credentials provided.");
    if (token.find_first_of(" \t") != std::string_view::npos) {
        throw ApiError(401, "Invalid token header. Token string should not contain spaces.");
    }
    if (token.size() > kLongestToken) throw ApiError(401, "Invalid token.");
    return {std::string(token)};
}

}  // namespace

bool asks_for_token(Access access) {
    return rule_of(access).scope.has_value();
}

Result<ApiClient> api_client(const Request& request, Access access, database::PortalDb& db) {
    const auto found = db.token(token_of(request));
    if (!found.ok()) return found.error();
    if (!found.value() || found.value()->expired) throw ApiError(401, "Invalid token.");
    const database::ApiToken& token = *found.value();
    if (!network::holds(token.networks, request.remote_address)) {
        throw ApiError(403, "This token may not be used from this address.");
    }
    if (!token.may(rule_of(access).scope.value())) throw HttpError(403, "");
    // A note that fails is made at the next use.
    if (token.use_due) static_cast<void>(db.note_use(token));
    return ApiClient{token.name};
}

}  // namespace portal
