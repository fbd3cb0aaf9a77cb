#include "fcgi/server/application.h"

#include <exception>

#include "fcgi/base/log.h"
#include "fcgi/http/http_error.h"

namespace portal {

int status_of_exception(const Request& request) {
    try {
        throw;
    } catch (const HttpError& error) {
        return error.status();
    } catch (const std::exception& error) {
        log::write(log::Level::Error, "request.failed",
                   {{"path", request.path.substr(0, 256)}, {"reason", error.what()}});
    } catch (...) {
        log::write(log::Level::Error, "request.failed", {{"path", request.path.substr(0, 256)}});
    }
    return 500;
}

}  // namespace portal
