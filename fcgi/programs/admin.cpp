#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "fcgi/base/log.h"
#include "fcgi/base/time.h"
#include "fcgi/programs/admin_options.h"
#include "fcgi/programs/background/summarize.h"
#include "fcgi/programs/command_line.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/doctor.h"
#include "handlers/sources/own/admin_db.h"

namespace {

using namespace portal;
using database::AdminDb;

constexpr int kMisuse = 2;

/// The answer, or the end of the program.
template <class T>
T need(Result<T> result) {
    if (!result.ok()) throw std::runtime_error(result.error().detail);
    return std::move(result).value();
}

std::string joined(const std::vector<std::string>& scopes, const char* otherwise) {
    std::string list;
    for (const std::string& scope : scopes) list.append(list.empty() ? "" : ",").append(scope);
    return list.empty() ? otherwise : list;
}

/// 2026-01-31 12:00, UTC; a dash where there is no time.
std::string written(const std::optional<Instant>& time) {
    return time ? utc_text(*time) : "-";
}

void migrate(AdminDb& db) {
    const database::Migration done = need(db.migrate());
    if (done.from == done.to) {
        std::cout << "the tables have version " << done.to << " already\n";
    } else {
        std::cout << "the tables have version " << done.to << " now (before: " << done.from
                  << ")\n";
    }
}

void create_token(AdminDb& db, const AdminOptions& options) {
    const Secret token = need(db.create_token({.name = options.name,
                                               .scopes = joined(options.scopes, "jobscripts:write"),
                                               .networks = options.networks,
                                               .lifetime = options.lifetime}));
    std::cout << token.value << '\n';
    std::cerr << "This token is shown only now; the database keeps its hash.\n";
}

void list_tokens(AdminDb& db) {
    std::cout << "id\tname\tscopes\tnetworks\tcreated\texpires\tlast used\trevoked\n";
    for (const database::ListedToken& token : need(db.tokens())) {
        std::cout << token.id << '\t' << token.name << '\t'
                  << (token.scopes.empty() ? "-" : token.scopes) << '\t'
                  << (token.networks.empty() ? "any" : token.networks) << '\t'
                  << written(token.created) << '\t' << written(token.expires) << '\t'
                  << written(token.last_used) << '\t' << written(token.revoked) << '\n';
    }
}

int revoke_token(AdminDb& db, std::uint32_t id) {
    if (need(db.revoke(id))) {
        std::cout << "token " << id << " is revoked\n";
        return EXIT_SUCCESS;
    }
    std::cerr << "userportal-admin: there is no such token, or it is revoked already\n";
    return EXIT_FAILURE;
}

void import(AdminDb& db, const AdminOptions& options) {
    const database::Imported copied =
        need(db.import_django(load_source_database(options.source_file),
                              joined(options.scopes, "jobscripts:write,jobscripts:read")));
    std::cout << copied.scripts << " scripts and " << copied.tokens << " tokens are here\n";
}

void list_views(AdminDb& db, const AdminOptions& options) {
    std::cout << "when\twho\tof\tname\tpage\trequest\n";
    for (const database::View& view :
         need(db.views({options.days, options.viewer, options.subject}))) {
        std::cout << written(view.when) << '\t' << view.viewer.value << '\t'
                  << database::kind_name(view.subject.kind) << '\t' << view.subject.name << '\t'
                  << view.page << '\t' << view.request_id << '\n';
    }
}

int check_config(const AdminOptions& options) {
    // The report says in words what would be logged.
    log::set_level(log::Level::Error);
    const Config config = load_config(options.config_file, options.secrets_file);
    const doctor::Report report = doctor::examine(config, options.web_server, SystemClock());
    std::cout << (options.json ? report.json() : report.text());
    return report.worst() == doctor::Level::Error ? EXIT_FAILURE : EXIT_SUCCESS;
}

int summarize_past(const AdminOptions& options) {
    const Config config = load_config(options.config_file, options.secrets_file);
    if (config.database.host.empty()) {
        throw ConfigError(options.config_file + ":0: [database]: summaries need it");
    }
    summarize(config, {options.ended, options.again}, std::cerr);
    return EXIT_SUCCESS;
}

int run(const AdminOptions& options) {
    using Command = AdminOptions::Command;
    if (options.command == Command::Help) {
        std::cout << admin_usage();
        return EXIT_SUCCESS;
    }
    if (options.command == Command::Version) {
        std::cout << "userportal-admin " << PORTAL_VERSION << '\n';
        return EXIT_SUCCESS;
    }
    if (options.command == Command::CheckConfig) return check_config(options);
    if (options.command == Command::Summarize) return summarize_past(options);
    const Config config = load_admin_config(options.config_file, options.secrets_file);
    AdminDb db(config.database);
    if (options.command == Command::Migrate) migrate(db);
    if (options.command == Command::CreateToken) create_token(db, options);
    if (options.command == Command::ListTokens) list_tokens(db);
    if (options.command == Command::ListViews) list_views(db, options);
    if (options.command == Command::PruneViews) {
        std::cout << need(db.prune_views(options.days)) << " records removed\n";
    }
    if (options.command == Command::Import) import(db, options);
    if (options.command == Command::RevokeToken) return revoke_token(db, options.id);
    return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
    try {
        return run(parse_admin_options(arguments));
    } catch (const UsageError& error) {
        std::cerr << "userportal-admin: " << error.what() << '\n' << admin_usage();
    } catch (const ConfigError& error) {
        std::cerr << error.what() << '\n';
    } catch (const std::exception& error) {
        std::cerr << "userportal-admin: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return kMisuse;
}
