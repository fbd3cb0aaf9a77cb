#include "fcgi/programs/options.h"

#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr unsigned kMostWorkers = 512;

unsigned worker_count(const std::string& text) {
    const auto count = text::parse_unsigned(text, kMostWorkers);
    if (!count || *count == 0) throw UsageError("--workers needs a number from 1 to 512");
    return static_cast<unsigned>(*count);
}

Options::Command command_named(const std::string& name) {
    if (name == "serve") return Options::Command::Serve;
    if (name == "background") return Options::Command::Background;
    if (name == "check-config") return Options::Command::CheckConfig;
    if (name == "routes") return Options::Command::Routes;
    if (name == "--version") return Options::Command::Version;
    if (name == "--help" || name == "help") return Options::Command::Help;
    throw UsageError("unknown command " + name);
}

}  // namespace

Options parse_options(std::span<const std::string> arguments) {
    if (arguments.empty()) throw UsageError("a command is expected");
    Options options;
    options.command = command_named(arguments.front());
    const bool serving = options.command == Options::Command::Serve;
    const bool working = options.command == Options::Command::Background;
    CommandLine line;
    if (serving || working || options.command == Options::Command::CheckConfig) {
        line.required("config", [&](const std::string& file) { options.config_file = file; });
        line.required("secrets", [&](const std::string& file) { options.secrets_file = file; });
    }
    if (serving) {
        line.required("listen", [&](const std::string& place) { options.listen = place; });
        line.value("workers", [&](const std::string& n) { options.workers = worker_count(n); });
        line.flag("identity-from-environment", options.identity_from_environment);
    }
    if (serving || working) line.flag("check-only", options.check_only);
    line.read(arguments.subspan(1));
    return options;
}

std::string_view usage_text() {
    return R"(userportal serve --config FILE --secrets FILE --listen unix:PATH|fd:N [--workers N]
                 [--identity-from-environment]
    Runs a pool of N workers (default 8) behind a FastCGI socket. HUP replaces workers, binary and
    configuration without losing a request; TERM lets every request end and then stops.
    --identity-from-environment serves everybody as REMOTE_USER and affiliation of the environment
    say; the configuration must have mode = local.
    --check-only does everything but opening the socket and says whether it would start.
userportal background --config FILE --secrets FILE
    Works while nobody waits: keeps what jobs used once they are over. Of several on any hosts one
    works. Needs a [database]; without one it ends at once. HUP and TERM as above.
userportal check-config --config FILE --secrets FILE
    Reads both files and names the first mistake.
userportal routes
    Prints the routes of all modules: method, pattern and who may use it. Needs no configuration.
userportal --version
userportal --help
Exit status: 0 done, 2 wrong usage or configuration, 1 anything else.
)";
}

}  // namespace portal
