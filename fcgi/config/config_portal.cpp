#include <algorithm>
#include <array>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/config/config_value.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::config {
namespace {

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

std::string cluster_name(const Value& value) {
    const std::string& name = value.any();
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return ascii::is_lower(c) || ascii::is_digit(c) || c == '_';
    });
    if (name.empty() || !plain) value.fail("Slurm's ClusterName: a-z, 0-9 and _");
    return name;
}

std::string base_path(const Value& value) {
    std::string path = value.any();
    while (!path.empty() && path.back() == '/') path.pop_back();
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view("-._~/").find(c) != std::string_view::npos;
    });
    const bool empty_part = path.find("//") != std::string::npos;
    if (!path.empty() && (path.front() != '/' || !plain || empty_part)) {
        value.fail("nothing, or a path such as /portal");
    }
    return path;
}

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

std::string matcher(const Value& value) {
    if (!promql::parse_site_matchers(value.any()).valid) {
        value.fail("matchers such as cluster=\"narval\", comma separated");
    }
    return value.any();
}

constexpr Key<Config> kPortal[] = {
    {"mode", kRequired,
     [](Config& c, const Value& v) {
         c.site.mode = v.one_of<Site::Mode>(
             {{"production", Site::Mode::Production}, {"local", Site::Mode::Local}});
     }},
    {"cluster", kRequired,
     [](Config& c, const Value& v) { c.site.cluster = c.slurm.cluster = cluster_name(v); }},
    {"title", kRequired, nullptr, [](Config& c) -> LocalText& { return c.site.title; }},
    {"base_path", kOptional, [](Config& c, const Value& v) { c.site.base_path = base_path(v); }},
    {"default_language", kOptional,
     [](Config& c, const Value& v) { c.site.default_language = v.language(); }},
    {"pseudo_language", kOptional,
     [](Config& c, const Value& v) { c.site.pseudo_language = v.flag(); }},
    {"modules", kOptional, [](Config& c, const Value& v) { c.site.modules = v.modules(); }},
    {"log_queries", kOptional, [](Config& c, const Value& v) { c.site.log_queries = v.flag(); }},
    {"deadline_ms", kOptional,
     // Apache waits 30 s, a stop of the service 5 s longer than this and 30 s at most.
     [](Config& c, const Value& v) { c.site.deadline = Milliseconds{v.whole(100, 25000)}; }},
    {"contact", kOptional, [](Config& c, const Value& v) { c.site.contact = v.any(); }},
};

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

constexpr Key<Config> kPrometheus[] = {
    {"url", kRequired,
     [](Config& c, const Value& v) {
         c.prometheus.url = v.url({"http://", "https://"});
     }},
    {"matcher", kOptional, [](Config& c, const Value& v) { c.prometheus.matcher = matcher(v); }},
    {"timeout_ms", kOptional,
     [](Config& c, const Value& v) { c.prometheus.timeout = v.milliseconds(); }},
    {"retention_days", kOptional,
     [](Config& c, const Value& v) {
         c.site.retention = std::chrono::hours{24 * v.whole(1, 36500)};
     }},
    {"ca_file", kOptional,
     [](Config& c, const Value& v) { c.prometheus.ca_file = v.file_or_empty(); }},
    {"verify_tls", kOptional,
     [](Config& c, const Value& v) { c.prometheus.verify_tls = v.flag(); }},
};

constexpr Key<Config> kSlurm[] = {
    {"host", kRequired, [](Config& c, const Value& v) { c.slurm.host = v.text(); }},
    {"port", kOptional, [](Config& c, const Value& v) { c.slurm.port = v.port(); }},
    {"database", kOptional, [](Config& c, const Value& v) { c.slurm.database = v.text(); }},
    {"timeout_ms", kOptional,
     [](Config& c, const Value& v) { c.slurm.timeout = v.milliseconds(); }},
    {"text", kOptional,
     [](Config& c, const Value& v) {
         using Text = slurm::Settings::Text;
         c.slurm.text = v.one_of<Text>({{"declared", Text::Declared}, {"bytes", Text::Bytes}});
     }},
    {"tls_ca_file", kOptional,
     [](Config& c, const Value& v) { c.slurm.tls_ca_file = v.file_or_empty(); }},
    {"threads_per_core", kOptional,
     [](Config& c, const Value& v) {
         c.site.threads_per_core = static_cast<unsigned>(v.whole(1, 16));
     }},
};

/// Who names a CA means TLS, which ldap:// is not.
void refuse_plain_tls(const ldap::Settings& settings, const Value& value) {
    if (settings.tls_ca_file.empty() || !settings.url.starts_with("ldap://")) return;
    value.fail("url = ldaps://... with tls_ca_file");
}

constexpr Key<ldap::Settings> kLdap[] = {
    {"url", kRequired,
     [](ldap::Settings& s, const Value& v) {
         s.url = v.url({"ldap://", "ldaps://", "ldapi://"});
         refuse_plain_tls(s, v);
     }},
    {"people_base", kRequired, [](ldap::Settings& s, const Value& v) { s.people_base = v.text(); }},
    {"groups_base", kRequired, [](ldap::Settings& s, const Value& v) { s.groups_base = v.text(); }},
    {"timeout_ms", kOptional,
     [](ldap::Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
    {"tls_ca_file", kOptional,
     [](ldap::Settings& s, const Value& v) {
         s.tls_ca_file = v.file_or_empty();
         refuse_plain_tls(s, v);
     }},
    {"user_class", kOptional, [](ldap::Settings& s, const Value& v) { s.user_class = v.text(); }},
    {"login_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.login_attribute = v.text(); }},
    {"uid_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.uid_attribute = v.text(); }},
    {"name_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.name_attribute = v.text(); }},
    {"allocation_class", kOptional,
     [](ldap::Settings& s, const Value& v) { s.allocation_class = v.text(); }},
    {"member_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.member_attribute = v.text(); }},
    {"resource_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.resource_attribute = v.text(); }},
    {"status_attribute", kOptional,
     [](ldap::Settings& s, const Value& v) { s.status_attribute = v.text(); }},
    {"active_status", kOptional,
     [](ldap::Settings& s, const Value& v) { s.active_status = v.text(); }},
    {"default_account_prefix", kOptional,
     [](ldap::Settings& s, const Value& v) { s.default_account_prefix = v.any(); }},
    {"storage_resource", kRequired,
     [](ldap::Settings& s, const Value& v) { s.storage_resource = v.text(); }},
    {"compute_resource", kRequired,
     [](ldap::Settings& s, const Value& v) { s.compute_resource = v.text(); }},
};

}  // namespace

void read_portal(const ini::File& file, Config& config) {
    read_required<Config>(file, "portal", kPortal, config);
    read_required<IdentitySettings>(file, "identity", kIdentity, config.identity);
    if (config.identity.sign_out_url.empty()) {
        config.identity.sign_out_url =
            "/Shibboleth.sso/Logout?return=" + config.site.base_path + "/";
    }
    config.site.sign_out_url = config.identity.sign_out_url;
    if (!config.identity.domains.empty() || !config.identity.default_domain.empty()) return;
    for (const ini::Entry& entry : find_section(file, "identity")->entries) {
        if (entry.key == "domains") Value(file, entry).fail("a domain, here or as default_domain");
    }
}

void read_sources(const ini::File& file, Config& config) {
    read_required<Config>(file, "prometheus", kPrometheus, config);
    read_required<Config>(file, "slurm", kSlurm, config);
    read_required<ldap::Settings>(file, "ldap", kLdap, config.ldap);
    config.site.default_account_prefix = config.ldap.default_account_prefix;
}

}  // namespace portal::config
