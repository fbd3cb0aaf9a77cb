#include "fcgi/http/identity_settings.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/config/section.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

/// Names of FastCGI parameters: what a browser sends arrives as HTTP_…, so those are never
/// believed.
std::string variable(const Value& value) {
    std::string upper = value.text();
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c == '-' ? '_' : ascii::to_upper(c); });
    const bool plain = std::all_of(upper.begin(), upper.end(), [](char c) {
        return ascii::is_upper(c) || ascii::is_digit(c) || c == '_';
    });
    if (!plain || upper.rfind("HTTP_", 0) == 0) {
        value.fail("a parameter name that does not begin with HTTP_");
    }
    return value.any();
}

std::string domain_or_empty(const Value& value) {
    if (value.any().find_first_of("@ ,") != std::string::npos) value.fail("one domain, without @");
    return value.any();
}

std::vector<std::string> domains(const Value& value) {
    auto names = value.any_list();
    for (const std::string& name : names) {
        if (name.find('@') != std::string::npos) value.fail("domains without @, comma separated");
    }
    return names;
}

constexpr Key<IdentitySettings> kIdentity[] = {
    {"auth_types", kRequired, [](IdentitySettings& s, const Value& v) { s.auth_types = v.list(); }},
    {"user_variable", kOptional,
     [](IdentitySettings& s, const Value& v) { s.user_variable = variable(v); }},
    {"affiliation_variable", kOptional,
     [](IdentitySettings& s, const Value& v) { s.affiliation_variable = variable(v); }},
    {"session_variable", kOptional,
     [](IdentitySettings& s, const Value& v) { s.session_variable = variable(v); }},
    {"domains", kRequired, [](IdentitySettings& s, const Value& v) { s.domains = domains(v); }},
    {"default_domain", kOptional,
     [](IdentitySettings& s, const Value& v) { s.default_domain = domain_or_empty(v); }},
    {"staff", kRequired, [](IdentitySettings& s, const Value& v) { s.staff = v.any_list(); }},
    {"sign_out_url", kOptional,
     [](IdentitySettings& s, const Value& v) { s.sign_out_url = v.link(); }},
};

}  // namespace

void read_identity_section(const ini::File& file, const ini::Section& section,
                           IdentitySettings& settings) {
    config::read_section<IdentitySettings>(file, section, kIdentity, settings);
    if (!settings.domains.empty() || !settings.default_domain.empty()) return;
    for (const ini::Entry& entry : section.entries) {
        if (entry.key == "domains") Value(file, entry).fail("a domain, here or as default_domain");
    }
}

}  // namespace portal
