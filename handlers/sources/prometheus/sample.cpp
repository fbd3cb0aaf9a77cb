#include "handlers/sources/prometheus/sample.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace portal::prometheus {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

/// Powers of ten that a double holds exactly.
constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

constexpr int kDigitsThatFit = 19;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Digits of a number as one integer and a power of ten.
struct Digits {
    std::uint64_t mantissa = 0;
    int significant = 0;
    int exponent = 0;
    bool any = false;

    void add(char c, int position) {
        any = true;
        if (significant < kDigitsThatFit) {
            mantissa = mantissa * 10U + static_cast<std::uint64_t>(c - '0');
            exponent += position;
            if (mantissa != 0) ++significant;
        } else {
            exponent += position + 1;
        }
    }
};

double scaled(const Digits& digits) {
    const auto mantissa = static_cast<double>(digits.mantissa);
    if (digits.exponent == 0 || digits.mantissa == 0) return mantissa;
    double value = mantissa;
    int rest = std::abs(digits.exponent);
    while (rest > 0) {
        const int part = std::min(rest, 22);
        const double power = kPowers[static_cast<std::size_t>(part)];
        value = digits.exponent < 0 ? value / power : value * power;
        rest -= part;
    }
    return value;
}

}  // namespace

Decimal read_decimal(const char* first, const char* last) {
    const char* at = first;
    const bool negative = at != last && *at == '-';
    if (negative) ++at;
    Digits digits;
    for (; at != last && is_digit(*at); ++at) digits.add(*at, 0);
    if (at != last && *at == '.') {
        for (++at; at != last && is_digit(*at); ++at) digits.add(*at, -1);
    }
    if (!digits.any) return {};
    const double value = scaled(digits);
    return {negative ? -value : value, at};
}

SampleValue parse_sample(std::string_view text) {
    const char* const first = text.data();
    const char* const last = first + text.size();
    const Decimal plain = read_decimal(first, last);
    if (plain.end == last && plain.end != nullptr) {
        return {std::isfinite(plain.value) ? plain.value : kGap, true};
    }
    if (text == "NaN" || text == "+Inf" || text == "-Inf" || text == "Inf") return {kGap, true};
    if (plain.end == nullptr) return {};
    double value = 0;
    const auto [stop, error] = std::from_chars(first, last, value);
    if (stop != last || error == std::errc::invalid_argument) return {};
    const bool usable = error == std::errc{} && std::isfinite(value);
    return {usable ? value : kGap, true};
}

}  // namespace portal::prometheus
