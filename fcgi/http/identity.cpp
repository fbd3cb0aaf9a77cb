#include "fcgi/http/identity.h"

#include <algorithm>
#include <vector>

#include "fcgi/base/login.h"

namespace portal {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// Values of an attribute as Shibboleth joins them: by `;`, a `;` inside a value being `\;`. A
/// backslash before anything else stands for itself.
std::vector<std::string> split_attribute(std::string_view text) {
    std::vector<std::string> values(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ';') {
            values.back() += ';';
            ++i;
        } else if (text[i] == ';') {
            values.emplace_back();
        } else {
            values.back() += text[i];
        }
    }
    return values;
}

/// The login of `login@domain` with an accepted domain, or of a bare login where the site has a
/// default domain.
std::optional<Username> accepted_login(std::string_view user, const IdentitySettings& settings) {
    const auto at = user.rfind('@');  // a login may have one of its own
    if (at == std::string_view::npos) {
        return settings.default_domain.empty() ? std::nullopt : parse_username(user);
    }
    const std::string_view domain = user.substr(at + 1);
    const bool known = !domain.empty() &&
                       (contains(settings.domains, domain) || domain == settings.default_domain);
    return known ? parse_username(user.substr(0, at)) : std::nullopt;
}

}  // namespace

Identity read_identity(const IdentityParameters& parameters, const IdentitySettings& settings) {
    if (parameters.user.empty()) {
        return {parameters.session.empty() ? SignIn::Nobody : SignIn::Nameless, {}};
    }
    if (!contains(settings.auth_types, parameters.auth_type)) return {SignIn::Refused, {}};
    const auto login = accepted_login(parameters.user, settings);
    if (!login) return {SignIn::Refused, {}};
    Viewer viewer{*login, false};
    for (const std::string& value : split_attribute(parameters.affiliation)) {
        if (!value.empty() && contains(settings.staff, value)) viewer.staff = true;
    }
    return {SignIn::Accepted, std::move(viewer)};
}

}  // namespace portal
