#pragma once

#include <optional>
#include <variant>

#include "fcgi/base/result.h"

namespace portal {

/// The source answered and has nothing: not zero.
struct NoData {};

/// The source did not answer.
struct Unavailable {
    SourceId source = SourceId::Prometheus;
};

/// A value on a page: a number (its unit is said where it is declared), no data, or unavailable.
/// Zero is a number.
using Reading = std::variant<NoData, double, Unavailable>;

/// The number, or no data.
[[nodiscard]] inline Reading reading(std::optional<double> value) {
    return value ? Reading{*value} : Reading{NoData{}};
}

}  // namespace portal
