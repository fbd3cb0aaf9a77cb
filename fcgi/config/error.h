#pragma once

#include <stdexcept>

namespace portal {

/// A configuration that cannot be used: the message names file, line, key and what was expected.
class ConfigError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

}  // namespace portal
