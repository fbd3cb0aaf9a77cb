#include "pool_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "fastcgi_client.h"

namespace pool_test {
namespace {

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
    chmod(path.c_str(), 0640);
}

int exit_of(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

unsigned count(const std::string& text, const std::string& part) {
    unsigned found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

std::string read_file(const std::string& path) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

pid_t launch(const std::vector<std::string>& command, const std::string& errors,
             const std::vector<std::string>& environment) {
    const pid_t pid = fork();
    if (pid != 0) return pid;
    const int fd = open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(fd, STDERR_FILENO);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::vector<std::string> variables = environment;
    for (std::string& variable : variables) putenv(variable.data());
    execv(arguments[0], arguments.data());
    _exit(127);
}

Ended run(const std::vector<std::string>& command, const std::string& errors,
          const std::vector<std::string>& environment) {
    const int status = exit_of(launch(command, errors, environment));
    return {status, read_file(errors)};
}

PoolProcess::PoolProcess() {
    std::string name = std::filesystem::temp_directory_path() / "pool-XXXXXX";
    BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    write_file(file("site.ini"), read_file(std::string(PORTAL_RPM) + "/userportal.ini"));
    write_file(file("secrets.ini"), read_file(std::string(PORTAL_RPM) + "/userportal.secrets.ini"));
    change("mode = production", "mode = local");
}

PoolProcess::~PoolProcess() {
    if (pid_ > 0) {
        kill(pid_, SIGTERM);
        exit_of(pid_);
    }
    std::filesystem::remove_all(folder_);
}

void PoolProcess::change(const std::string& from, const std::string& to) const {
    std::string text = read_file(file("site.ini"));
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    write_file(file("site.ini"), text.replace(at, from.size(), to));
}

std::vector<std::string> PoolProcess::command(unsigned workers) const {
    return {POOL_PROBE,  "serve",
            "--config",  file("site.ini"),
            "--secrets", file("secrets.ini"),
            "--listen",  "unix:" + socket(),
            "--workers", std::to_string(workers)};
}

void PoolProcess::start(unsigned workers, const std::vector<std::string>& more) {
    std::vector<std::string> words = command(workers);
    words.insert(words.end(), more.begin(), more.end());
    pid_ = launch(words, file("log"));
    BOOST_REQUIRE_MESSAGE(logged("pool.ready"), log());
}

void PoolProcess::signal(int number) const {
    kill(pid_, number);
}

int PoolProcess::wait() {
    const int status = exit_of(pid_);
    pid_ = 0;
    return status;
}

std::string PoolProcess::log() const {
    return read_file(file("log"));
}

bool PoolProcess::logged(const std::string& text, unsigned times) const {
    for (int i = 0; i < 6000; ++i) {
        if (count(log(), text) >= times) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return false;
}

bool PoolProcess::refused() const {
    for (int i = 0; i < 6000; ++i) {
        if (!Connection(socket()).open()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return false;
}

}  // namespace pool_test
