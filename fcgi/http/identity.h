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

/// Reads an identity: an accepted authentication type, a strict login, one of the site's domains
/// after the last `@`. The affiliation is split at each `;` without a backslash before
/// it; its values are compared whole.
[[nodiscard]] Identity read_identity(const IdentityParameters& parameters,
                                     const IdentitySettings& settings);

}  // namespace portal
