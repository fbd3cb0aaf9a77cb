#include "fcgi/programs/admin_options.h"

#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/http/network.h"
#include "fcgi/programs/command_line.h"
#include "handlers/page/day.h"

namespace portal {
namespace {

using Command = AdminOptions::Command;

constexpr std::size_t kLongestName = 64;
constexpr std::uint64_t kMostDays = 3650;

using Arguments = std::span<const std::string>;

/// The next word of a command; empty without one.
std::string next_word(Arguments& rest) {
    if (rest.empty()) return {};
    const std::string& word = rest.front();
    rest = rest.subspan(1);
    return word;
}

std::uint32_t token_id(Arguments& rest) {
    if (rest.empty()) throw UsageError("token revoke needs a value");
    const auto id =
        text::parse_unsigned(next_word(rest), std::numeric_limits<std::uint32_t>::max());
    if (!id || *id == 0) throw UsageError("token revoke needs the number that token list shows");
    return static_cast<std::uint32_t>(*id);
}

Command token_command(Arguments& rest, AdminOptions& options) {
    if (rest.empty()) throw UsageError("token create, token list or token revoke ID");
    const std::string what = next_word(rest);
    if (what == "create") return Command::CreateToken;
    if (what == "list") return Command::ListTokens;
    if (what != "revoke") throw UsageError("unknown command token " + what);
    options.id = token_id(rest);
    return Command::RevokeToken;
}

Command audit_command(Arguments& rest) {
    if (rest.empty()) throw UsageError("audit list or audit prune");
    const std::string what = next_word(rest);
    if (what == "list") return Command::ListViews;
    if (what == "prune") return Command::PruneViews;
    throw UsageError("unknown command audit " + what);
}

Command read_command(Arguments& rest, AdminOptions& options) {
    const std::string name = next_word(rest);
    if (name == "migrate") return Command::Migrate;
    if (name == "token") return token_command(rest, options);
    if (name == "audit") return audit_command(rest);
    if (name == "check-config") return Command::CheckConfig;
    if (name == "summarize") return Command::Summarize;
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

/// The start of a day, written as 2026-01-31, UTC.
Instant day(const std::string& text) {
    if (const auto found = parse_day(text)) return *found;
    throw UsageError("a date is written as 2026-01-31");
}

void add_summarize(CommandLine& line, AdminOptions& options) {
    line.required("from", [&](const std::string& text) { options.ended.from = day(text); });
    line.required("to", [&](const std::string& text) { options.ended.to = day(text) + kDay; });
    line.flag("again", options.again);
}

bool takes_files(Command command) {
    return command != Command::Help && command != Command::Version;
}

void add_files(CommandLine& line, AdminOptions& options) {
    line.required("config", [&](const std::string& file) { options.config_file = file; });
    line.required("secrets", [&](const std::string& file) { options.secrets_file = file; });
}

void add_scope(CommandLine& line, AdminOptions& options) {
    line.value("scope", [&](const std::string& name) { options.scopes.push_back(scope(name)); });
}

void add_options(CommandLine& line, AdminOptions& options) {
    const auto days = [&](const std::string& text) { options.days = day_count(text); };
    switch (options.command) {
        case Command::CheckConfig:
            line.flag("json", options.json);
            line.value("web-server", [&](const std::string& f) { options.web_server = f; });
            break;
        case Command::CreateToken:
            line.required("name", [&](const std::string& n) { options.name = token_name(n); });
            add_scope(line, options);
            line.value("days", [&](const std::string& text) {
                options.lifetime = static_cast<Seconds::rep>(day_count(text)) * kDay;
            });
            line.value("network", [&](const std::string& l) { options.networks = networks(l); });
            break;
        case Command::ListViews:
            line.value("days", days);
            line.value("viewer", [&](const std::string& login) { options.viewer = login; });
            line.value("of", [&](const std::string& name) { options.subject = name; });
            break;
        case Command::PruneViews:
            line.required("days", days);
            break;
        case Command::Summarize:
            add_summarize(line, options);
            break;
        case Command::Import:
            line.required("source", [&](const std::string& f) { options.source_file = f; });
            add_scope(line, options);
            break;
        default:
            break;
    }
}

}  // namespace

AdminOptions parse_admin_options(std::span<const std::string> arguments) {
    if (arguments.empty()) throw UsageError("a command is expected");
    AdminOptions options;
    options.command = read_command(arguments, options);
    CommandLine line;
    if (takes_files(options.command)) add_files(line, options);
    add_options(line, options);
    line.read(arguments);
    if (options.command == Command::Summarize && options.ended.to <= options.ended.from) {
        throw UsageError("--to is before --from");
    }
    return options;
}

std::string_view admin_usage() {
    return R"(userportal-admin COMMAND --config FILE --secrets FILE [OPTIONS]
  FILE of --secrets has one section, [database], with user and password of the account that may
  change tables (portal.sql of the package's grants); mode 0600. It is not the portal's own secrets
  file, but for check-config and summarize, which need that one.
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
summarize --from DATE --to DATE [--again]
    Keeps what jobs used that ended on these days (2026-01-31, UTC, both included) and have no
    summary, as the background service does for new ones. May be stopped at any moment and run
    again. --again asks for no measurements: it judges what is kept by the rules, limits and prices
    of the configuration as they are now.
import-django --source FILE [--scope SCOPE]...
    Copies scripts and tokens from an original portal's database; FILE has a section [database] with
    host, port, database, user and password. Tokens of its staff get the scopes given, by default
    jobscripts:write and jobscripts:read. May be run again.
--version, --help
Exit status: 0 done, 2 wrong usage or configuration, 1 anything else.
)";
}

}  // namespace portal
