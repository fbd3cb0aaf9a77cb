#include "fcgi/programs/background/service.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "fcgi/base/log.h"
#include "fcgi/programs/background/parts.h"
#include "fcgi/server/notify.h"
#include "handlers/background/loop.h"
#include "handlers/modules.h"
#include "handlers/sources/own/digest.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal {
namespace {

using log::Level;

/// Host, process and a random word: unique at all times.
std::string holder_name() {
    std::array<char, HOST_NAME_MAX + 1> host{};
    if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    return std::string(host.data()) + ":" + std::to_string(getpid()) + ":" +
           database::random_hex().substr(0, 16);
}

/// The signal received within that time; 0: none.
int signal_within(Milliseconds time) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    const auto seconds = std::chrono::floor<Seconds>(time);
    const timespec wait{seconds.count(), std::chrono::nanoseconds(time - seconds).count()};
    const int signal = sigtimedwait(&set, nullptr, &wait);
    return signal > 0 ? signal : 0;
}

void execute(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
}

/// Asks a fresh process whether the program would start: after exec this one could not go back.
bool would_start(std::vector<std::string> command) {
    command.emplace_back("--check-only");
    const pid_t pid = fork();
    if (pid == 0) {
        execute(std::move(command));
        _exit(EXIT_FAILURE);
    }
    int status = 0;
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
           WEXITSTATUS(status) == EXIT_SUCCESS;
}

/// Returns only if the program cannot be run.
void replace_image(const std::vector<std::string>& command) {
    notify_service("RELOADING=1");
    execute(command);
    notify_service("READY=1");
    log::write(Level::Error, "background.not_replaced", {{"cause", "it cannot be run"}});
}

/// Works until TERM or INT.
void work(background::Loop& loop, BackgroundParts& parts, const std::vector<std::string>& command) {
    while (true) {
        const Milliseconds rest = loop.turn();
        parts.end_request();
        const int signal = signal_within(rest);
        if (signal == 0) continue;
        if (signal != SIGHUP) return loop.stop();
        if (would_start(command)) {
            loop.stop();
            replace_image(command);
        } else {
            log::write(Level::Error, "background.not_replaced",
                       {{"cause", "a file has a mistake"}});
        }
    }
}

}  // namespace

int serve_background(const Config& config, const std::vector<std::string>& command) {
    if (config.database.host.empty()) {
        log::write(Level::Information, "background.not_needed",
                   {{"reason", "there is no [database] to work with"}});
        notify_service("READY=1");
        return EXIT_SUCCESS;
    }
    BackgroundParts parts(config);
    background::Loop loop(all_tasks(parts.context(), parts.request()),
                          parts.context().portal_db.tasks(), parts.context().clock, parts.request(),
                          config.site.background, holder_name());
    notify_service("READY=1\nMAINPID=" + std::to_string(getpid()));
    log::write(Level::Information, "background.ready");
    work(loop, parts, command);
    notify_service("STOPPING=1");
    log::write(Level::Information, "background.stopped");
    return EXIT_SUCCESS;
}

}  // namespace portal
