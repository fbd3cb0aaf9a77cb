#include "fcgi/config/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "fcgi/base/build_id.h"
#include "fcgi/base/text.h"
#include "fcgi/config/config_value.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr Key<Config> kPrometheusSecrets[] = {
    {"user", Presence::Optional, [](Config& c, const Value& v) { c.prometheus.user = v.any(); }},
    {"password", Presence::Optional,
     [](Config& c, const Value& v) { c.prometheus.password.value = v.any(); }},
    {"bearer", Presence::Optional,
     [](Config& c, const Value& v) {
         if (!c.prometheus.user.empty() && !v.any().empty()) {
             v.fail("either user and password, or bearer");
         }
         c.prometheus.bearer.value = v.any();
     }},
};

constexpr Key<Config> kSlurmSecrets[] = {
    {"user", Presence::Required, [](Config& c, const Value& v) { c.slurm.user = v.text(); }},
    {"password", Presence::Required,
     [](Config& c, const Value& v) { c.slurm.password.value = v.any(); }},
};

constexpr Key<Config> kLdapSecrets[] = {
    {"bind_dn", Presence::Optional, [](Config& c, const Value& v) { c.ldap.bind_dn = v.any(); }},
    {"password", Presence::Optional,
     [](Config& c, const Value& v) { c.ldap.password.value = v.any(); }},
};

constexpr Key<robinhood::Settings> kRobinhoodSecrets[] = {
    {"user", Presence::Required, [](robinhood::Settings& s, const Value& v) { s.user = v.text(); }},
    {"password", Presence::Required,
     [](robinhood::Settings& s, const Value& v) { s.password.value = v.any(); }},
};

/// A secret that any local user can read is none.
void check_mode(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        throw ConfigError(path + ":0: file: expected a file that can be read");
    }
    if ((status.st_mode & 007U) != 0) {
        throw ConfigError(path + ":0: file: expected mode 0640, nothing for others");
    }
}

/// Sections are known by kind; those with a name are read one by one elsewhere.
void check_sections(const ini::File& file, std::initializer_list<std::string_view> plain,
                    std::initializer_list<std::string_view> named) {
    for (const ini::Section& section : file.sections) {
        const auto& kinds = section.name.empty() ? plain : named;
        if (std::find(kinds.begin(), kinds.end(), section.kind) != kinds.end()) continue;
        std::string known;
        for (const std::string_view kind : plain) known.append(" [").append(kind).append("]");
        for (const std::string_view kind : named) known.append(" [").append(kind).append(" NAME]");
        const std::string name =
            "[" + section.kind + (section.name.empty() ? "" : " " + section.name) + "]";
        throw ConfigError(ini::message(file.path, section.line, name, "one of" + known));
    }
}

/// What a page may depend on: every entry of the main file, not its comments or order of lines, and
/// the build. Secrets change no answer and stay out.
std::string fingerprint_of(const ini::File& file) {
    std::vector<std::string> lines;
    for (const ini::Section& section : file.sections) {
        lines.push_back(section.kind + ' ' + section.name);
        for (const ini::Entry& entry : section.entries) {
            lines.push_back(section.kind + ' ' + section.name + ' ' + entry.key + '=' +
                            entry.value);
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string all = build_id();
    for (const std::string& line : lines) all += '\n' + line;
    return text::fingerprint(all);
}

/// Each Robinhood database of the main file has its account in the secrets file.
void read_robinhood_secrets(const ini::File& file, Config& config) {
    for (robinhood::Settings& settings : config.robinhood) {
        const auto found =
            std::find_if(file.sections.begin(), file.sections.end(), [&](const auto& section) {
                return section.kind == "robinhood" && section.name == settings.name;
            });
        if (found == file.sections.end()) {
            config::miss_section(file, "robinhood " + settings.name);
        }
        config::read_section<robinhood::Settings>(file, *found, kRobinhoodSecrets, settings);
    }
}

}  // namespace

namespace config {

void read_secrets(const ini::File& file, Config& config) {
    check_sections(file, {"prometheus", "slurm", "ldap", "database"}, {"robinhood"});
    const ini::Section* prometheus = find_section(file, "prometheus");
    if (prometheus != nullptr) {
        read_section<Config>(file, *prometheus, kPrometheusSecrets, config);
    }
    read_required<Config>(file, "slurm", kSlurmSecrets, config);
    const ini::Section* ldap = find_section(file, "ldap");
    if (ldap != nullptr) read_section<Config>(file, *ldap, kLdapSecrets, config);
    read_robinhood_secrets(file, config);
    if (!config.database.host.empty()) read_database_secrets(file, config);
}

}  // namespace config

namespace {

/// The main file; `file` is left for what needs its text.
Config load_main(const ini::File& file) {
    Config loaded;
    check_sections(
        file,
        {"portal", "identity", "prometheus", "slurm", "ldap", "cost", "top", "database",
         "jobscripts", "operation", "audit"},
        {"exporter", "gpu", "verdict", "quota", "robinhood", "home", "cloud", "sibling"});
    config::read_portal(file, loaded);
    config::read_sources(file, loaded);
    config::read_cluster(file, loaded);
    config::read_modules(file, loaded);
    config::read_database(file, loaded);
    config::read_operation(file, loaded);
    return loaded;
}

/// A file that holds secrets.
ini::File read_secret_file(const std::string& path) {
    check_mode(path);
    return ini::read(path);
}

}  // namespace

Config load_config(const std::string& config_file, const std::string& secrets_file) {
    const ini::File main = ini::read(config_file);
    Config loaded = load_main(main);
    config::read_secrets(read_secret_file(secrets_file), loaded);
    loaded.site.fingerprint = fingerprint_of(main);
    return loaded;
}

Config load_admin_config(const std::string& config_file, const std::string& secrets_file) {
    const ini::File main = ini::read(config_file);
    Config loaded = load_main(main);
    if (loaded.database.host.empty()) config::miss_section(main, "database");
    const ini::File secrets = read_secret_file(secrets_file);
    check_sections(secrets, {"database"}, {});
    config::read_database_secrets(secrets, loaded);
    return loaded;
}

database::Settings load_source_database(const std::string& file) {
    const ini::File parsed = read_secret_file(file);
    check_sections(parsed, {"database"}, {});
    return config::read_whole_database(parsed);
}

}  // namespace portal
