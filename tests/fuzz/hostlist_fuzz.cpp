#include <cstddef>
#include <cstdint>
#include <string_view>

#include "handlers/sources/slurm/hostlist.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    constexpr std::size_t kMost = 1000;
    const auto hosts = portal::slurm::expand_hostlist(text, kMost);
    if (!hosts) return 0;
    if (hosts->size() > kMost) __builtin_trap();
    for (const auto& host : *hosts) {
        const auto again = portal::slurm::expand_hostlist(host, 1);
        const bool same = again && again->size() == 1 && again->front() == host;
        if (!same && host != "(null)") __builtin_trap();
    }
    return 0;
}
