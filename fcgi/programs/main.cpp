#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/log.h"
#include "fcgi/base/text.h"
#include "fcgi/programs/background/service.h"
#include "fcgi/programs/compose.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/options.h"
#include "fcgi/server/listener.h"
#include "fcgi/server/notify.h"
#include "fcgi/server/pool.h"
#include "fcgi/server/worker.h"

namespace {

using namespace portal;

constexpr int kMisuse = 2;
constexpr const char* kInheritance = "USERPORTAL_INHERITED";

/// What an image of this program leaves to the next one when it is replaced.
struct Inheritance {
    int listen_fd = -1;
    std::string made_path;
    std::vector<pid_t> workers;
};

/// Reads what leave_inheritance() wrote, once; nothing of it reaches the workers' children.
Inheritance take_inheritance() {
    Inheritance taken;
    const char* text = std::getenv(kInheritance);
    if (text == nullptr) return taken;
    const std::vector<std::string> lines = text::split_list(text, '\n');
    unsetenv(kInheritance);
    for (const std::string& line : lines) {
        if (line.size() < 3) continue;
        const std::string value = line.substr(2);
        if (line[0] == 'p') taken.made_path = value;
        const auto number = text::parse_unsigned(value, INT_MAX);
        if (!number) continue;
        if (line[0] == 'f') taken.listen_fd = static_cast<int>(*number);
        if (line[0] == 'w') taken.workers.push_back(static_cast<pid_t>(*number));
    }
    return taken;
}

/// One line each: `f` and the socket's descriptor, `p` and its path, `w` and a worker's process.
void leave_inheritance(const Listener& listener, const std::vector<pid_t>& workers) {
    std::string text = "f " + std::to_string(listener.fd) + "\n";
    if (!listener.path.empty()) text += "p " + listener.path + "\n";
    for (const pid_t pid : workers) text += "w " + std::to_string(pid) + "\n";
    setenv(kInheritance, text.c_str(), 1);
}

std::string environment_value(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? "" : value;
}

/// The identity that the environment gives to everybody, in local mode only.
std::optional<Identity> environment_identity(const Config& config, const Options& options) {
    if (!options.identity_from_environment) return std::nullopt;
    if (config.site.mode != Site::Mode::Local) {
        throw ConfigError(options.config_file +
                          ": --identity-from-environment needs mode = local in [portal]; this "
                          "portal is in production, where only the web server says who signed in");
    }
    const std::string user = environment_value(config.identity.user_variable);
    const std::string affiliation = environment_value(config.identity.affiliation_variable);
    if (user.empty()) return std::nullopt;
    const Identity identity =
        read_identity({config.identity.auth_types.front(), user, affiliation, ""}, config.identity);
    if (identity.sign_in != SignIn::Accepted) {
        throw ConfigError(config.identity.user_variable +
                          " of the environment is not an accepted user of this site");
    }
    return identity;
}

WorkerSettings worker_settings(const Config& config, const Options& options) {
    WorkerSettings settings;
    settings.rules = {config.identity, config.site.base_path, config.site.default_language,
                      environment_identity(config, options)};
    settings.deadline = config.site.deadline;
    return settings;
}

void block_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) sigaddset(&set, signal);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

/// The program as it was called, so that a replacement runs what is installed there by then.
std::string program_path(const char* called) {
    std::string name(called);
    if (name.find('/') != std::string::npos) {
        if (name.front() == '/') return name;
        std::vector<char> folder(PATH_MAX);
        if (getcwd(folder.data(), folder.size()) != nullptr) return folder.data() + ('/' + name);
    }
    std::vector<char> target(PATH_MAX);
    const auto length = readlink("/proc/self/exe", target.data(), target.size() - 1);
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : name;
}

/// Executes the program anew in this process, with its socket and workers kept. Returns only if
/// that is impossible.
void replace_image(std::vector<std::string> command, const Listener& listener,
                   const std::vector<pid_t>& workers) {
    leave_inheritance(listener, workers);
    fcntl(listener.fd, F_SETFD, 0);
    notify_service("RELOADING=1");
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    notify_service("READY=1");  // the reload that was announced is over
    log::write(log::Level::Error, "pool.not_replaced", {{"cause", "the program cannot be run"}});
    fcntl(listener.fd, F_SETFD, FD_CLOEXEC);
    unsetenv(kInheritance);
}

/// Runs the pool until it is told to stop, then removes the socket if it is ours.
int supervise(Pool& pool, const Listener& listener, const std::vector<std::string>& command) {
    while (pool.run() == PoolEnd::Replace) replace_image(command, listener, pool.all());
    if (!listener.path.empty()) unlink(listener.path.c_str());
    log::write(log::Level::Information, "pool.stopped");
    return EXIT_SUCCESS;
}

PoolSettings pool_settings(const Options& options, const Inheritance& inherited,
                           const std::vector<std::string>& command) {
    PoolSettings settings;
    settings.workers = options.workers;
    settings.old_workers = inherited.workers;
    settings.check_command = command;
    settings.check_command.emplace_back("--check-only");
    return settings;
}

Listener listener_of(const Options& options, const Inheritance& inherited) {
    if (inherited.listen_fd < 0) return open_listener(options.listen);
    fcntl(inherited.listen_fd, F_SETFD, FD_CLOEXEC);
    return {inherited.listen_fd, inherited.made_path};
}

/// After a replacement whose files went bad between the check and now: the old workers go on, and
/// the next HUP tries again.
int keep_old_workers(const Inheritance& inherited, PoolSettings settings,
                     const std::vector<std::string>& command, const std::exception& error) {
    log::write(log::Level::Error, "pool.not_replaced", {{"cause", error.what()}});
    notify_service("READY=1");
    settings.workers = 0;
    Pool pool(settings, [](int) { return EXIT_FAILURE; });
    return supervise(pool, {inherited.listen_fd, inherited.made_path}, command);
}

int serve(const Options& options, const std::vector<std::string>& command) {
    block_signals();
    if (stderr_is_journal()) log::mark_levels();
    const Inheritance inherited = take_inheritance();
    PoolSettings settings = pool_settings(options, inherited, command);
    try {
        const Config config = load_config(options.config_file, options.secrets_file);
        if (config.site.log_queries) log::set_level(log::Level::Debug);
        WorkerSettings work = worker_settings(config, options);
        const std::unique_ptr<Application> application = compose(config, options.workers);
        if (options.check_only) return EXIT_SUCCESS;
        const Listener listener = listener_of(options, inherited);
        work.listen_fd = listener.fd;
        settings.worker_died = [&] { application->worker_died(); };
        settings.drain_limit = work.deadline + Seconds{5};
        WorkShares shares(options.workers);
        Pool pool(settings,
                  [&](int ready_fd) { return Worker(*application, shares, work).run(ready_fd); });
        return supervise(pool, listener, command);
    } catch (const std::exception& error) {
        if (inherited.workers.empty()) throw;
        return keep_old_workers(inherited, settings, command, error);
    }
}

int work_in_background(const Options& options, const std::vector<std::string>& command) {
    block_signals();
    if (stderr_is_journal()) log::mark_levels();
    const Config config = load_config(options.config_file, options.secrets_file);
    if (options.check_only) return EXIT_SUCCESS;
    if (config.site.log_queries) log::set_level(log::Level::Debug);
    return serve_background(config, command);
}

int run(const Options& options, const std::vector<std::string>& command) {
    switch (options.command) {
        case Options::Command::Help:
            std::cout << usage_text();
            return EXIT_SUCCESS;
        case Options::Command::Version:
            std::cout << "userportal " << PORTAL_VERSION << '\n';
            return EXIT_SUCCESS;
        case Options::Command::CheckConfig:
            static_cast<void>(load_config(options.config_file, options.secrets_file));
            std::cout << options.config_file << ": good\n";
            return EXIT_SUCCESS;
        case Options::Command::Routes:
            std::cout << route_table();
            return EXIT_SUCCESS;
        case Options::Command::Serve:
            return serve(options, command);
        case Options::Command::Background:
            return work_in_background(options, command);
    }
    return kMisuse;
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> command(words, words + count);
    if (command.empty()) return kMisuse;
    try {
        const Options options = parse_options(std::span(command).subspan(1));
        command[0] = program_path(words[0]);
        return run(options, command);
    } catch (const UsageError& error) {
        std::cerr << "userportal: " << error.what() << '\n' << usage_text();
    } catch (const ConfigError& error) {
        std::cerr << error.what() << '\n';
    } catch (const ListenError& error) {
        std::cerr << error.what() << '\n';
    } catch (const std::exception& error) {
        std::cerr << "userportal: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return kMisuse;
}
