#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "fcgi/base/text.h"
#include "fcgi/programs/compose.h"

namespace portal {
namespace {

/// A portal whose requests say what shall happen: /sleep?ms=N, /crash, /throw, /bytes?n=N,
/// /header, /form; anything else tells who serves.
class Probe final : public Application {
 public:
    explicit Probe(const Site& site) : site_(site) {}

    Response serve(Request& request, const Deadline& /*deadline*/) override {
        Response response;
        response.content_type = "text/plain";
        if (request.path == "/crash") std::raise(SIGKILL);
        if (request.path == "/throw") throw std::runtime_error("as asked");
        if (request.path == "/sleep") {
            std::cerr << "sleeping\n";
            std::this_thread::sleep_for(Milliseconds{number(request, "ms")});
        }
        if (request.path == "/header") response.headers.emplace_back("X-Bad", "a\r\nb");
        if (request.path == "/bytes") {
            response.body.assign(number(request, "n"), 'x');
        } else if (request.path == "/form") {
            response.body = request.form_value("name").value_or("none");
        } else {
            response.body = "pid=" + std::to_string(getpid()) +
                            " title=" + site_.title.in(Language::English) +
                            " user=" + request.identity.viewer.login.value + "\n";
        }
        return response;
    }

    Response failure(const Request& /*request*/, int status) override {
        Response response;
        response.status = status;
        response.content_type = "text/plain";
        response.body = "failure " + std::to_string(status) + "\n";
        return response;
    }

 private:
    static std::uint64_t number(const Request& request, std::string_view name) {
        return text::parse_unsigned(request.parameter(name).value_or("0"), 1U << 28U).value_or(0);
    }

    const Site& site_;
};

}  // namespace

std::unique_ptr<Application> compose(const Config& config, unsigned /*workers*/) {
    if (config.site.title.in(Language::English) == "refuse")
        throw std::runtime_error("refused as asked");
    return std::make_unique<Probe>(config.site);
}

std::string route_table() {
    return "GET /probe anyone\n";
}

}  // namespace portal
