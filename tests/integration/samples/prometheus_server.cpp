#include "tests/integration/samples/prometheus_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "fcgi/base/url.h"
#include "handlers/sources/prometheus/answer/answer.h"

namespace portal::samples {
namespace {

/// A port that is free now.
int free_port() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = bind(listener, any, length) == 0 && getsockname(listener, any, &length) == 0;
    close(listener);
    if (!bound) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

std::string output_of(const std::string& command, bool must_end_well = false) {
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error(command);
    std::string output;
    std::array<char, 65536> buffer{};
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    if (must_end_well && status != 0) throw std::runtime_error(command + ": " + output);
    return output;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

pid_t start(std::vector<std::string> arguments, const std::string& log) {
    const pid_t child = fork();
    if (child != 0) return child;
    const int file = open(log.c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    std::vector<char*> pointers;
    for (std::string& one : arguments) pointers.push_back(one.data());
    pointers.push_back(nullptr);
    execvp(pointers[0], pointers.data());
    _exit(127);
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.17g", value);
    return text.data();
}

}  // namespace

void Samples::add(const std::string& series, TimeRange range, int every,
                  const std::function<double(double)>& value) {
    for (Instant at = range.from; at <= range.to; at += Seconds{every}) {
        text_ += series + ' ' + number(value(static_cast<double>((at - range.from).count()))) +
                 ' ' + std::to_string(unix_seconds(at)) + '\n';
    }
}

PrometheusServer::PrometheusServer(const Samples& samples) {
    std::string name = (std::filesystem::temp_directory_path() / "samples-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
    folder_ = name;
    write_file(folder_ + "/samples.om", samples.text());
    write_file(folder_ + "/prometheus.yml", "global: {}\n");
    output_of("promtool tsdb create-blocks-from openmetrics " + folder_ + "/samples.om " + folder_ +
                  "/data 2>&1",
              true);
    const std::string address = "127.0.0.1:" + std::to_string(free_port());
    url_ = "http://" + address;
    process_ = start({"prometheus", "--config.file=" + folder_ + "/prometheus.yml",
                      "--web.listen-address=" + address, "--storage.tsdb.path=" + folder_ + "/data",
                      "--storage.tsdb.retention.time=50y"},
                     folder_ + "/log");
    for (int attempt = 0; attempt < 300; ++attempt) {
        const std::string ready = output_of("curl -s " + url_ + "/-/ready 2>/dev/null");
        if (ready.find("Ready") != std::string::npos) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    throw std::runtime_error("Prometheus does not start: " + output_of("tail " + folder_ + "/log"));
}

PrometheusServer::~PrometheusServer() {
    if (process_ > 0) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Result<prometheus::SeriesSet> PrometheusServer::ask(const std::string& query,
                                                    const prometheus::Grid& grid) const {
    std::string form = "query=" + url::encode(query);
    if (grid.instant()) {
        form += "&time=" + std::to_string(unix_seconds(grid.start));
    } else {
        form += "&start=" + std::to_string(unix_seconds(grid.start)) +
                "&end=" + std::to_string(unix_seconds(grid.last())) +
                "&step=" + std::to_string(grid.step.count());
    }
    write_file(folder_ + "/form", form);
    const std::string path = grid.instant() ? "/api/v1/query" : "/api/v1/query_range";
    const std::string text = output_of("curl -s -d @" + folder_ + "/form " + url_ + path);
    prometheus::AnswerParser parser(grid);
    if (!parser.feed(text)) return parser.finish();
    auto answer = parser.finish();
    if (!answer.ok()) throw std::runtime_error(query + ": " + text.substr(0, 400));
    return answer;
}

}  // namespace portal::samples
