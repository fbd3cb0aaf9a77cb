#pragma once

#include <string>
#include <vector>

#include "fcgi/base/units.h"

namespace portal::doctor {

/// When the certificates of a PEM file end, in its order; empty if it holds none that can be read.
[[nodiscard]] std::vector<Instant> ends_of_certificates(const std::string& file);

}  // namespace portal::doctor
