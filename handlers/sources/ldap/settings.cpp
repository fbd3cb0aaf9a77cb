#include "handlers/sources/ldap/settings.h"

#include "fcgi/config/section.h"

namespace portal::ldap {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

/// Who names a CA means TLS, which ldap:// is not.
void refuse_plain_tls(const Settings& settings, const Value& value) {
    if (settings.tls_ca_file.empty() || !settings.url.starts_with("ldap://")) return;
    value.fail("url = ldaps://... with tls_ca_file");
}

constexpr Key<Settings> kLdap[] = {
    {"url", kRequired,
     [](Settings& s, const Value& v) {
         s.url = v.url({"ldap://", "ldaps://", "ldapi://"});
         refuse_plain_tls(s, v);
     }},
    {"people_base", kRequired, [](Settings& s, const Value& v) { s.people_base = v.text(); }},
    {"groups_base", kRequired, [](Settings& s, const Value& v) { s.groups_base = v.text(); }},
    {"timeout_ms", kOptional, [](Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
    {"tls_ca_file", kOptional,
     [](Settings& s, const Value& v) {
         s.tls_ca_file = v.file_or_empty();
         refuse_plain_tls(s, v);
     }},
    {"user_class", kOptional, [](Settings& s, const Value& v) { s.user_class = v.text(); }},
    {"login_attribute", kOptional,
     [](Settings& s, const Value& v) { s.login_attribute = v.text(); }},
    {"uid_attribute", kOptional, [](Settings& s, const Value& v) { s.uid_attribute = v.text(); }},
    {"name_attribute", kOptional, [](Settings& s, const Value& v) { s.name_attribute = v.text(); }},
    {"allocation_class", kOptional,
     [](Settings& s, const Value& v) { s.allocation_class = v.text(); }},
    {"member_attribute", kOptional,
     [](Settings& s, const Value& v) { s.member_attribute = v.text(); }},
    {"resource_attribute", kOptional,
     [](Settings& s, const Value& v) { s.resource_attribute = v.text(); }},
    {"status_attribute", kOptional,
     [](Settings& s, const Value& v) { s.status_attribute = v.text(); }},
    {"active_status", kOptional, [](Settings& s, const Value& v) { s.active_status = v.text(); }},
    {"default_account_prefix", kOptional,
     [](Settings& s, const Value& v) { s.default_account_prefix = v.any(); }},
    {"storage_resource", kRequired,
     [](Settings& s, const Value& v) { s.storage_resource = v.text(); }},
    {"compute_resource", kRequired,
     [](Settings& s, const Value& v) { s.compute_resource = v.text(); }},
};

constexpr Key<Settings> kLdapSecrets[] = {
    {"bind_dn", kOptional, [](Settings& s, const Value& v) { s.bind_dn = v.any(); }},
    {"password", kOptional, [](Settings& s, const Value& v) { s.password.value = v.any(); }},
};

}  // namespace

void read_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kLdap, settings);
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kLdapSecrets, settings);
}

}  // namespace portal::ldap
