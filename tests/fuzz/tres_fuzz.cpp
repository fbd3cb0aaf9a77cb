#include <cstddef>
#include <cstdint>
#include <string_view>

#include "handlers/sources/slurm/tres.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    const auto counts = portal::slurm::parse_tres(text);
    // Each pair takes at least three characters.
    if (counts && counts->size() * 3 > size + 1) __builtin_trap();
    return 0;
}
