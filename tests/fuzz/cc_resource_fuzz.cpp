#include <cstddef>
#include <cstdint>
#include <string_view>

#include "handlers/sources/ldap/cc_resource.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    const auto granted = portal::ldap::parse_cc_resource(text, "narval-storage", "narval");
    if (!granted) return 0;
    const bool negative = (granted->core_equivalent && !(*granted->core_equivalent >= 0)) ||
                          (granted->gpu_equivalent && !(*granted->gpu_equivalent >= 0)) ||
                          (granted->project_inodes && !(*granted->project_inodes >= 0));
    if (negative) __builtin_trap();
    return 0;
}
