#include <cstddef>
#include <cstdint>
#include <string>

#include "fcgi/http/form.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobscripts/json_fields.h"

using namespace portal;

namespace {

void read_json(const std::string& body) {
    try {
        static_cast<void>(jobscripts::json_fields(body));
    } catch (const HttpError&) {
        return;  // a body may be wrong
    }
}

}  // namespace

/// Whatever a body holds, it is read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    read_json(body);
    static_cast<void>(read_form(kFormType, body));
    static_cast<void>(read_form("multipart/form-data; boundary=B", body));
    static_cast<void>(read_form(std::string_view(body).substr(0, body.find('\n')), body));
    return 0;
}
