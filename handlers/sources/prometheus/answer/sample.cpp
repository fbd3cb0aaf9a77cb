#include "handlers/sources/prometheus/answer/sample.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fcgi/base/ascii.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::prometheus {
namespace {

/// Powers of ten that a double holds exactly.
constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

using ascii::is_digit;

constexpr int kDigitsThatFit = 19;
constexpr std::ptrdiff_t kWord = 8;
constexpr std::uint64_t kHundredMillion = 100'000'000;

std::uint64_t load_word(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// True if all eight bytes are digits: each has 3 in its upper half, also after 6 was added.
bool are_digits(std::uint64_t word) {
    constexpr std::uint64_t kUpper = 0xF0F0F0F0F0F0F0F0U;
    const std::uint64_t carried = (word + 0x0606060606060606U) & kUpper;
    return ((word & kUpper) | (carried >> 4U)) == 0x3333333333333333U;
}

/// The number that eight digits make, the first in the lowest byte: pairs are joined, then fours,
/// then all.
std::uint64_t join_digits(std::uint64_t word) {
    word = (word & 0x0F0F0F0F0F0F0F0FU) * (10U * 256U + 1U) >> 8U;
    word = (word & 0x00FF00FF00FF00FFU) * (100U * 65536U + 1U) >> 16U;
    return (word & 0x0000FFFF0000FFFFU) * (10000ULL * 4294967296ULL + 1U) >> 32U;
}

/// Digits of a number as one integer and a power of ten.
struct Digits {
    std::uint64_t mantissa = 0;
    int room = kDigitsThatFit;  ///< for further digits after the first that is not 0
    int exponent = 0;
    bool any = false;

    /// Takes the digits at the front; `step` is -1 after the point. Returns what follows them.
    const char* take(const char* at, const char* last, int step) {
        const char* const first = at;
        if (mantissa == 0) {
            while (at != last && *at == '0') ++at;
        }
        if constexpr (std::endian::native == std::endian::little) at = take_words(at, last);
        for (; room > 0 && at != last && is_digit(*at); ++at, --room) {
            mantissa = mantissa * 10U + static_cast<std::uint64_t>(*at - '0');
        }
        exponent += step * static_cast<int>(at - first);
        for (; at != last && is_digit(*at); ++at) exponent += step + 1;
        any = any || at != first;
        return at;
    }

 private:
    const char* take_words(const char* at, const char* last) {
        while (room >= kWord && last - at >= kWord) {
            const std::uint64_t word = load_word(at);
            if (!are_digits(word)) break;
            mantissa = mantissa * kHundredMillion + join_digits(word);
            room -= static_cast<int>(kWord);
            at += kWord;
        }
        return at;
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
    at = digits.take(at, last, 0);
    if (at != last && *at == '.') at = digits.take(at + 1, last, -1);
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
