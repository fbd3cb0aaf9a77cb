#pragma once

#include <string_view>

namespace portal::prometheus {

/// Read by hand: a fifth of a graph's CPU time went into std::from_chars.
///
/// A plain decimal read from the front of a text; `end` is after its last digit, or null if the
/// text does not begin with one.
struct Decimal {
    double value = 0;
    const char* end = nullptr;
};

/// Reads sign, digits, point and digits; no exponent. Up to 19 significant digits count. Exact for
/// numbers of up to 15 digits, else within 2 units of the last place.
[[nodiscard]] Decimal read_decimal(const char* first, const char* last);

/// A value as Prometheus prints it. NaN, infinities and what is too large are NaN. `valid` is
/// false if the text is not a number.
struct SampleValue {
    double value = 0;
    bool valid = false;
};
[[nodiscard]] SampleValue parse_sample(std::string_view text);

}  // namespace portal::prometheus
