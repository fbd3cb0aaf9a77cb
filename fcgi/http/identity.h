#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fcgi/base/units.h"
#include "fcgi/http/identity_settings.h"

namespace portal {

/// Who sends a request.
struct Viewer {
    Username login;
    bool staff = false;
};

/// What the web server says about the person, as FastCGI parameters without the HTTP_ prefix. A
/// parameter that is absent and one that is empty are the same.
struct IdentityParameters {
    std::string_view auth_type;
    std::string_view user;
    std::string_view affiliation;
    std::string_view session;  ///< not empty: somebody is signed in, named or not
};

/// Outcome of reading an identity: nobody signed in, somebody we may serve, somebody signed in
/// whose name the institution did not give, or somebody whom we must refuse (foreign domain,
/// malformed name).
enum class SignIn { Nobody, Accepted, Nameless, Refused };

struct Identity {
    SignIn sign_in = SignIn::Nobody;
    Viewer viewer;  ///< filled if Accepted
};

/// Reads an identity by contract 1.2 and facts/sso.md: exact domain, exactly one `@`, strict login,
/// affiliation split on unescaped `;` and compared as whole values.
[[nodiscard]] Identity read_identity(const IdentityParameters& parameters,
                                     const IdentitySettings& settings);

/// A login as the portal accepts it in URLs and from sign-in; empty optional otherwise.
[[nodiscard]] std::optional<Username> parse_username(std::string_view text);

}  // namespace portal
