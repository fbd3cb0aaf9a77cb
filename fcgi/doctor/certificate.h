#pragma once

#include <optional>
#include <string>

#include "fcgi/base/units.h"

namespace portal::doctor {

/// When the first certificate of a PEM file ends; empty if the file holds none that can be read.
[[nodiscard]] std::optional<Instant> end_of_certificate(const std::string& file);

}  // namespace portal::doctor
