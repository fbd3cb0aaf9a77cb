#pragma once

#include <cstdint>
#include <string>

namespace portal::test {

/// A variable of the lab's environment (tests/lab/with-lab); throws std::runtime_error without it.
[[nodiscard]] std::string lab_variable(const char* name);

/// Its value as a port.
[[nodiscard]] std::uint16_t lab_port(const char* name);

}  // namespace portal::test
