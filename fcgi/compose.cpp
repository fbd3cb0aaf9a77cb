#include "fcgi/compose.h"

#include <string>

#include "fcgi/http_error.h"

namespace portal {
namespace {

/// Says who is served, for a pool without pages.
class Greeting final : public Application {
 public:
    explicit Greeting(const Site& site) : site_(site) {}

    Response serve(Request& request, const Deadline& /*deadline*/) override {
        Response response;
        response.content_type = "text/plain; charset=utf-8";
        response.body = site_.title.in(request.language) + "\n";
        return response;
    }

    Response failure(const Request& /*request*/, int status) override {
        Response response;
        response.status = status;
        response.content_type = "text/plain; charset=utf-8";
        response.body = std::to_string(status) + "\n";
        return response;
    }

 private:
    const Site& site_;
};

}  // namespace

std::unique_ptr<Application> compose(const Config& config) {
    return std::make_unique<Greeting>(config.site);
}

}  // namespace portal
