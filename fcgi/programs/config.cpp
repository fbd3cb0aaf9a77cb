#include "fcgi/programs/config.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/config/section.h"
#include "fcgi/programs/build_id.h"
#include "handlers/modules.h"

namespace portal {
namespace {

using namespace config;

void read_robinhood(const ini::File& file, const ini::Section& section, Config& config) {
    robinhood::Database database = robinhood::read_database(file, section);
    config.site.robinhood.push_back(std::move(database.shown));
    config.robinhood.push_back(std::move(database));
}

/// The account of a database of the main file; others are left alone.
void read_robinhood_secrets(const ini::File& file, const ini::Section& section, Config& config) {
    for (robinhood::Settings& settings : config.robinhood) {
        if (settings.name == section.name) robinhood::read_secrets(file, section, settings);
    }
}

/// A section read into one member of the configuration.
template <auto member, auto read>
void into(const ini::File& file, const ini::Section& section, Config& config) {
    read(file, section, config.*member);
}

/// Sign-in and sources; what pages show are the sections of the site and of its modules.
constexpr SectionKind<Config> kMain[] = {
    {"identity", Naming::Plain, &into<&Config::identity, &read_identity_section>, kRequired},
    {"prometheus", Naming::Plain, &into<&Config::prometheus, &prometheus::read_section>, kRequired},
    {"slurm", Naming::Plain, &into<&Config::slurm, &slurm::read_section>, kRequired},
    {"ldap", Naming::Plain, &into<&Config::ldap, &ldap::read_section>, kRequired},
    {"database", Naming::Plain, &into<&Config::database, &database::read_section>, kOptional},
    {"robinhood", Naming::Named, &read_robinhood, kOptional},
};

void read_database_secrets(const ini::File& file, const ini::Section& section, Config& config) {
    if (!config.database.host.empty()) database::read_secrets(file, section, config.database);
}

constexpr Key<Config> kFormKeys[] = {
    {"key", kRequired,
     [](Config& c, const Value& v) {
         constexpr std::size_t kShortest = 32;
         c.form_key.value = v.any();
         if (c.form_key.value.size() < kShortest) v.fail("32 characters or more");
     }},
};

void read_form_key(const ini::File& file, const ini::Section& section, Config& config) {
    read_section<Config>(file, section, kFormKeys, config);
}

constexpr SectionKind<Config> kSecrets[] = {
    {"prometheus", Naming::Plain, &into<&Config::prometheus, &prometheus::read_secrets>, kOptional},
    {"slurm", Naming::Plain, &into<&Config::slurm, &slurm::read_secrets>, kRequired},
    {"ldap", Naming::Plain, &into<&Config::ldap, &ldap::read_secrets>, kOptional},
    {"database", Naming::Plain, &read_database_secrets, kOptional},
    {"robinhood", Naming::Named, &read_robinhood_secrets, kOptional},
    {"forms", Naming::Plain, &read_form_key, kOptional},
};

constexpr SectionKind<Config> kAdminSecrets[] = {
    {"database", Naming::Plain, &read_database_secrets, kRequired},
};

constexpr SectionKind<database::Settings> kSourceDatabase[] = {
    {"database", Naming::Plain, &database::read_whole_section, kRequired},
};

/// A secrets file must not be readable by other users.
void check_mode(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        throw ConfigError(path + ":0: file: expected a file that can be read");
    }
    if ((status.st_mode & 007U) != 0) {
        throw ConfigError(path + ":0: file: expected mode 0640, nothing for others");
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

/// A file whose sections are all of these kinds.
template <class T>
void read_whole_file(const ini::File& file, std::span<const SectionKind<T>> kinds, T& target) {
    KnownSections known;
    known.add<T>(kinds);
    known.check(file);
    config::read_sections<T>(file, kinds, target);
}

void check_sections(const ini::File& main) {
    KnownSections known;
    known.add<Site>(site_sections());
    known.add<Config>(kMain);
    for (const Module& module : all_modules()) known.add<Site>(module.sections);
    known.check(main);
}

/// What the site takes from the sections of others.
void share(Config& config) {
    Site& site = config.site;
    config.slurm.cluster = site.cluster;
    site.threads_per_core = config.slurm.threads_per_core;
    site.retention = config.prometheus.retention;
    const std::string& cloud = site.exporters.cloud.matcher;
    config.prometheus.cloud_matcher = cloud.empty() ? config.prometheus.matcher : cloud;
    site.default_account_prefix = config.ldap.default_account_prefix;
    site.scripts.enabled = !config.database.host.empty();
    if (config.identity.sign_out_url.empty()) {
        config.identity.sign_out_url = "/Shibboleth.sso/Logout?return=" + site.base_path + "/";
    }
    site.sign_out_url = config.identity.sign_out_url;
}

void check_needs(const ini::File& main, const Site& site) {
    for (const Module& module : all_modules()) {
        if (module.needs.empty() || !has_module(site, module.name)) continue;
        const bool there =
            std::any_of(main.sections.begin(), main.sections.end(),
                        [&](const ini::Section& one) { return one.kind == module.needs; });
        if (!there) miss_section(main, module.needs);
    }
}

/// What the use of GPUs means, wherever in the file it stands: verdicts begin with it.
JobExporter::GpuUse gpu_use_of(const ini::File& main) {
    Exporters exporters;
    for (const ini::Section& one : main.sections) {
        if (one.kind == "exporter" && one.name == "job") read_exporter(main, one, exporters);
    }
    return exporters.job.gpu_use;
}

Config load_main(const ini::File& main) {
    check_sections(main);
    Config loaded;
    loaded.site.verdicts = usual_verdicts();
    loaded.site.rules = shipped_rules();
    loaded.site.verdicts["gpu"] = usual_gpu_verdict(gpu_use_of(main));
    config::read_sections<Site>(main, site_sections(), loaded.site);
    config::read_sections<Config>(main, kMain, loaded);
    share(loaded);
    for (const Module& module : all_modules()) {
        config::read_sections<Site>(main, module.sections, loaded.site);
    }
    check_rules(main, loaded.site.rules);
    check_needs(main, loaded.site);
    return loaded;
}

/// A file that holds secrets.
ini::File read_secret_file(const std::string& path) {
    check_mode(path);
    return ini::read(path);
}

/// Each Robinhood database of the main file has its account in the secrets file.
void check_robinhood_secrets(const ini::File& secrets, const Config& config) {
    for (const robinhood::Settings& settings : config.robinhood) {
        if (settings.user.empty()) miss_section(secrets, "robinhood " + settings.name);
    }
}

}  // namespace

Config load_config(const std::string& config_file, const std::string& secrets_file) {
    const ini::File main = ini::read(config_file);
    Config loaded = load_main(main);
    const ini::File secrets = read_secret_file(secrets_file);
    read_whole_file<Config>(secrets, kSecrets, loaded);
    check_robinhood_secrets(secrets, loaded);
    if (!loaded.database.host.empty() && loaded.database.user.empty()) {
        miss_section(secrets, "database");
    }
    loaded.site.fingerprint = fingerprint_of(main);
    return loaded;
}

Config load_admin_config(const std::string& config_file, const std::string& secrets_file) {
    const ini::File main = ini::read(config_file);
    Config loaded = load_main(main);
    if (loaded.database.host.empty()) miss_section(main, "database");
    read_whole_file<Config>(read_secret_file(secrets_file), kAdminSecrets, loaded);
    return loaded;
}

database::Settings load_source_database(const std::string& file) {
    database::Settings settings;
    read_whole_file<database::Settings>(read_secret_file(file), kSourceDatabase, settings);
    return settings;
}

}  // namespace portal
