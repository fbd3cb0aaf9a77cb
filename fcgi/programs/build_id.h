#pragma once

#include <string>

namespace portal {

/// The linker's build id of the running program, hexadecimal; empty if it was linked without one.
[[nodiscard]] std::string build_id();

}  // namespace portal
