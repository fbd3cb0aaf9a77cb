#include <cstddef>
#include <cstdint>
#include <string>

#include "fcgi/http/http_error.h"
#include "handlers/jobscripts/fields.h"

using namespace portal;

namespace {

template <class Read>
void attempt(Read read) {
    try {
        read();
    } catch (const HttpError&) {
        return;  // a body may be wrong
    }
}

}  // namespace

/// Whatever a body holds, it is read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    attempt([&] { static_cast<void>(jobscripts::json_fields(body)); });
    attempt([&] { static_cast<void>(jobscripts::form_fields(body)); });
    attempt([&] {
        static_cast<void>(jobscripts::multipart_fields(body, "multipart/form-data; boundary=B"));
    });
    const std::string_view type = std::string_view(body).substr(0, body.find('\n'));
    attempt([&] { static_cast<void>(jobscripts::multipart_fields(body, type)); });
    return 0;
}
