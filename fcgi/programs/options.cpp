#include "fcgi/programs/options.h"

#include "fcgi/base/text.h"
#include "fcgi/programs/argument_reader.h"

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
    if (name == "check-config") return Options::Command::CheckConfig;
    if (name == "routes") return Options::Command::Routes;
    if (name == "--version") return Options::Command::Version;
    if (name == "--help" || name == "help") return Options::Command::Help;
    throw UsageError("unknown command " + name);
}

void read_option(const std::string& option, ArgumentReader& reader, Options& options) {
    const bool serving = options.command == Options::Command::Serve;
    const bool reads_files = serving || options.command == Options::Command::CheckConfig;
    if (reads_files && option == "--config") {
        options.config_file = reader.value(option);
    } else if (reads_files && option == "--secrets") {
        options.secrets_file = reader.value(option);
    } else if (serving && option == "--listen") {
        options.listen = reader.value(option);
    } else if (serving && option == "--workers") {
        options.workers = worker_count(reader.value(option));
    } else if (serving && option == "--identity-from-environment") {
        options.identity_from_environment = true;
    } else if (serving && option == "--check-only") {
        options.check_only = true;
    } else {
        throw UsageError("unknown option " + option);
    }
}

}  // namespace

Options parse_options(std::span<const std::string> arguments) {
    ArgumentReader reader(arguments);
    if (reader.done()) throw UsageError("a command is expected");
    Options options;
    options.command = command_named(reader.next());
    while (!reader.done()) {
        const std::string& option = reader.next();
        read_option(option, reader, options);
    }
    const bool serving = options.command == Options::Command::Serve;
    const bool reads_files = serving || options.command == Options::Command::CheckConfig;
    if (reads_files && options.config_file.empty()) throw UsageError("--config is missing");
    if (reads_files && options.secrets_file.empty()) throw UsageError("--secrets is missing");
    if (serving && options.listen.empty()) throw UsageError("--listen is missing");
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
