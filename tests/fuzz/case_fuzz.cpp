// Reads a .case file; whatever is read must hold a request and a status, and each of its fragments
// must be found in itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/fakes/request_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace portal::fakes;
    const std::string text(data, data + size);
    try {
        const RequestCase one = parse_case(text);
        if (one.method.empty() || one.status < 100 || one.status > 599) std::abort();
        for (const std::string& fragment : one.fragments) {
            if (match_behind(fragment, fragment) == std::string_view::npos) std::abort();
        }
    } catch (const std::invalid_argument&) {
        return 0;
    }
    return 0;
}
