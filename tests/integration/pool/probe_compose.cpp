#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "fcgi/base/text.h"
#include "fcgi/http/form.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/media_type.h"
#include "fcgi/programs/compose.h"

namespace portal {
namespace {

/// A portal whose requests say what shall happen: /sleep?ms=N, /crash, /throw, /bytes?n=N,
/// /header, /form; anything else answers with who serves.
class Probe final : public Application {
 public:
    explicit Probe(const Site& site) : site_(site) {}

    Served serve(const Request& request, const ReadBody& read_body,
                 const Deadline& /*deadline*/) override {
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
            response.body = only_value(form_of(request, read_body), "name").value_or("none");
        } else {
            response.body = "pid=" + std::to_string(getpid()) +
                            " title=" + site_.title.in(Language::English) +
                            " user=" + request.identity.viewer.login.value + "\n";
        }
        const std::string& login = request.identity.viewer.login.value;
        return {response, {}, login.empty() ? "-" : login};
    }

    Served failure(const Request& /*request*/, int status) override {
        Response response;
        response.status = status;
        response.content_type = "text/plain";
        response.body = "failure " + std::to_string(status) + "\n";
        return {response, {}, "-"};
    }

 private:
    static std::vector<QueryParameter> form_of(const Request& request, const ReadBody& read_body) {
        if (request.method != Method::Post) return {};
        if (media_type(request.content_type) != kFormType) {
            throw HttpError(415, "");
        }
        return read_text_form(request.content_type, read_body(std::size_t{64} << 10U));
    }

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
