#include "fcgi/programs/admin_options.h"

#include <limits>

#include "fcgi/base/network.h"
#include "fcgi/base/text.h"
#include "fcgi/programs/argument_reader.h"

namespace portal {
namespace {

using Command = AdminOptions::Command;

constexpr std::size_t kLongestName = 64;
constexpr std::uint64_t kMostDays = 3650;

Command token_command(ArgumentReader& reader, AdminOptions& options) {
    if (reader.done()) throw UsageError("token create, token list or token revoke ID");
    const std::string& what = reader.next();
    if (what == "create") return Command::CreateToken;
    if (what == "list") return Command::ListTokens;
    if (what != "revoke") throw UsageError("unknown command token " + what);
    const auto id = text::parse_unsigned(reader.value("token revoke"),
                                         std::numeric_limits<std::uint32_t>::max());
    if (!id || *id == 0) throw UsageError("token revoke needs the number that token list shows");
    options.id = static_cast<std::uint32_t>(*id);
    return Command::RevokeToken;
}

Command audit_command(ArgumentReader& reader) {
    if (reader.done()) throw UsageError("audit list or audit prune");
    const std::string& what = reader.next();
    if (what == "list") return Command::ListViews;
    if (what == "prune") return Command::PruneViews;
    throw UsageError("unknown command audit " + what);
}

Command read_command(ArgumentReader& reader, AdminOptions& options) {
    const std::string& name = reader.next();
    if (name == "migrate") return Command::Migrate;
    if (name == "token") return token_command(reader, options);
    if (name == "audit") return audit_command(reader);
    if (name == "check-config") return Command::CheckConfig;
    if (name == "import-django") return Command::Import;
    if (name == "--version") return Command::Version;
    if (name == "--help" || name == "help") return Command::Help;
    throw UsageError("unknown command " + name);
}

std::string token_name(const std::string& name) {
    const bool plain = text::is_utf8(name) && name.find_first_of("\n\r\t") == std::string::npos;
    if (name.empty() || name.size() > kLongestName || !plain) {
        throw UsageError("--name needs 1 to 64 bytes of text");
    }
    return name;
}

std::string scope(const std::string& name) {
    if (name != "jobscripts:write" && name != "jobscripts:read" && name != "admin") {
        throw UsageError("--scope is jobscripts:write, jobscripts:read or admin");
    }
    return name;
}

std::uint64_t day_count(const std::string& days) {
    const auto count = text::parse_unsigned(days, kMostDays);
    if (!count || *count == 0) throw UsageError("--days needs a number from 1 to 3650");
    return *count;
}

std::string networks(const std::string& list) {
    if (list.empty() || !network::is_list(list)) {
        throw UsageError("--network needs addresses or ADDRESS/BITS, comma separated");
    }
    return list;
}

bool takes_files(Command command) {
    return command != Command::Help && command != Command::Version;
}

/// True if it is an option of check-config or of the views.
bool read_other(const std::string& option, ArgumentReader& reader, AdminOptions& options) {
    const bool checking = options.command == Command::CheckConfig;
    const bool listing = options.command == Command::ListViews;
    if (checking && option == "--json") {
        options.json = true;
    } else if (checking && option == "--web-server") {
        options.web_server = reader.value(option);
    } else if ((listing || options.command == Command::PruneViews) && option == "--days") {
        options.days = day_count(reader.value(option));
        options.days_given = true;
    } else if (listing && option == "--viewer") {
        options.viewer = reader.value(option);
    } else if (listing && option == "--of") {
        options.subject = reader.value(option);
    } else {
        return false;
    }
    return true;
}

void read_option(const std::string& option, ArgumentReader& reader, AdminOptions& options) {
    const bool creating = options.command == Command::CreateToken;
    const bool importing = options.command == Command::Import;
    if (takes_files(options.command) && option == "--config") {
        options.config_file = reader.value(option);
    } else if (takes_files(options.command) && option == "--secrets") {
        options.secrets_file = reader.value(option);
    } else if (creating && option == "--name") {
        options.name = token_name(reader.value(option));
    } else if ((creating || importing) && option == "--scope") {
        options.scopes.push_back(scope(reader.value(option)));
    } else if (creating && option == "--days") {
        options.lifetime = std::chrono::hours{24 * day_count(reader.value(option))};
    } else if (creating && option == "--network") {
        options.networks = networks(reader.value(option));
    } else if (importing && option == "--source") {
        options.source_file = reader.value(option);
    } else if (!read_other(option, reader, options)) {
        throw UsageError("unknown option " + option);
    }
}

void check(const AdminOptions& options) {
    if (!takes_files(options.command)) return;
    if (options.config_file.empty()) throw UsageError("--config is missing");
    if (options.secrets_file.empty()) throw UsageError("--secrets is missing");
    if (options.command == Command::CreateToken && options.name.empty()) {
        throw UsageError("--name is missing");
    }
    if (options.command == Command::PruneViews && !options.days_given) {
        throw UsageError("--days is missing");
    }
    if (options.command == Command::Import && options.source_file.empty()) {
        throw UsageError("--source is missing");
    }
}

}  // namespace

AdminOptions parse_admin_options(std::span<const std::string> arguments) {
    ArgumentReader reader(arguments);
    if (reader.done()) throw UsageError("a command is expected");
    AdminOptions options;
    options.command = read_command(reader, options);
    while (!reader.done()) {
        const std::string& option = reader.next();
        read_option(option, reader, options);
    }
    check(options);
    return options;
}

std::string_view admin_usage() {
    return R"(userportal-admin COMMAND --config FILE --secrets FILE [OPTIONS]
  FILE of --secrets has one section, [database], with user and password of the account that may
  change tables (portal.sql of the package's grants); mode 0600. It is not the portal's own secrets
  file, but for check-config, which needs that one.
check-config [--web-server FILE] [--json]
    Tries every source with the portal's own questions and says in words what works: exporters that
    are silent, clocks, grants, versions, certificates, sockets, what each module shows. FILE is the
    virtual host (default /etc/httpd/conf.d/userportal.conf). Exit status 1 if there is an error.
migrate
    Makes the tables of the portal's own database, or brings them up to date. May be run again.
token create --name NAME [--scope SCOPE]... [--days N] [--network LIST]
    Makes a token of the API and prints it, this once. SCOPE is jobscripts:write (the default),
    jobscripts:read or admin; LIST are addresses or ADDRESS/BITS, comma separated.
token list
    All tokens, with their scopes and when they were used last; never their texts.
token revoke ID
    Ends a token at once.
audit list [--days N] [--viewer LOGIN] [--of NAME]
    Who of the staff looked at whose data in the last N days (30), the newest first; NAME is a
    login, an account or a project.
audit prune --days N
    Removes such records that are older than N days.
import-django --source FILE [--scope SCOPE]...
    Copies scripts and tokens from an original portal's database; FILE has a section [database] with
    host, port, database, user and password. Tokens of its staff get the scopes given, by default
    jobscripts:write and jobscripts:read. May be run again.
--version, --help
Exit status: 0 done, 2 wrong usage or configuration, 1 anything else.
)";
}

}  // namespace portal
