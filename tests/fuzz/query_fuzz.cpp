#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"

using namespace portal;

/// Whatever a query string holds, what comes out is UTF-8, bounded, and survives being encoded and
/// read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto pairs = url::parse_query(text);
    if (!pairs) return 0;
    std::string again;
    for (const auto& [name, value] : *pairs) {
        if (!text::is_utf8(name) || !text::is_utf8(value)) std::abort();
        again += (again.empty() ? "" : "&") + url::encode(name) + '=' + url::encode(value);
    }
    if (url::parse_query(again) != pairs) std::abort();
    return 0;
}
