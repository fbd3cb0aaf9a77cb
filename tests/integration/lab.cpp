#include "tests/integration/lab.h"

#include <cstdlib>
#include <stdexcept>

namespace portal::test {

std::string lab_variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) throw std::runtime_error(std::string("no lab: ") + name + " is not set");
    return value;
}

std::uint16_t lab_port(const char* name) {
    return static_cast<std::uint16_t>(std::stoi(lab_variable(name)));
}

}  // namespace portal::test
