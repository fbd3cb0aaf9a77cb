#include "views/base/format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace portal::views::format {
namespace {

constexpr std::string_view kThin = "\u202f";

/// Plain decimal digits with a point.
std::string digits(double value, int decimals) {
    std::array<char, 352> buffer{};  // the largest double has 309 digits
    const int length = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

/// Drops zeros at the end of the decimals, and the point if none is left.
std::string without_zeros(std::string text) {
    if (text.find('.') == std::string::npos) return text;
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

/// Groups and the decimal sign of the language put into plain digits.
std::string localised(std::string_view plain, Language language) {
    const LanguageTraits& traits = traits_of(language);
    const auto point = std::min(plain.find('.'), plain.size());
    const std::size_t sign = !plain.empty() && plain.front() == '-' ? 1 : 0;
    std::string result(plain.substr(0, sign));
    for (std::size_t at = sign; at < point; ++at) {
        if (at > sign && (point - at) % 3 == 0) result += traits.group;
        result += plain[at];
    }
    if (point < plain.size()) {
        result += traits.decimal;
        result += plain.substr(point + 1);
    }
    return result;
}

/// Decimals that leave three significant digits.
int decimals_of(double size) {
    if (size >= 99.95) return 0;
    if (size >= 9.995) return 1;
    if (size >= 0.9995 || size < 1e-12) return 2;
    return 2 - static_cast<int>(std::floor(std::log10(size)));
}

std::string two(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string number(double value, Language language) {
    if (!std::isfinite(value)) return {};
    return localised(without_zeros(digits(value, decimals_of(std::abs(value)))), language);
}

std::string count(std::uint64_t value, Language language) {
    return localised(std::to_string(value), language);
}

std::string large_count(double value, Language language) {
    constexpr double kMillion = 1e6;
    if (!std::isfinite(value)) return {};
    if (value < kMillion) {
        return count(static_cast<std::uint64_t>(std::max(value, 0.0)), language);
    }
    const double millions = value / kMillion;
    const LanguageTraits& traits = traits_of(language);
    const bool many = traits.form(static_cast<std::uint64_t>(millions)) == 1;
    return number(millions, language).append(kThin).append(many ? traits.millions : traits.million);
}

std::string bytes(double value, Language language) {
    constexpr std::array kPrefixes = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    if (!std::isfinite(value)) return {};
    std::size_t unit = 0;
    // Compared with what is printed: 1023.9 KiB is written as 1 MiB.
    while (unit + 1 < kPrefixes.size() && std::abs(value) >= 1023.5) {
        value /= 1024;
        ++unit;
    }
    if (unit == 0) value = std::round(value);
    return number(value, language)
        .append(kThin)
        .append(kPrefixes.at(unit))
        .append(traits_of(language).byte);
}

std::string percent(double ratio, Language language) {
    if (!std::isfinite(ratio)) return {};
    return number(ratio * 100, language).append(kThin).append("%");
}

std::string duration(Seconds time, Language language) {
    const std::int64_t all = std::max<std::int64_t>(time.count(), 0);
    const std::int64_t days = all / 86400;
    const std::string clock = two(all / 3600 % 24) + ":" + two(all / 60 % 60);
    if (days == 0) return clock + ":" + two(all % 60);
    return count(static_cast<std::uint64_t>(days), language)
        .append(kThin)
        .append(traits_of(language).day)
        .append(" ")
        .append(clock);
}

std::string money(double value, std::string_view currency, Language language) {
    if (!std::isfinite(value)) return {};
    const bool dollars = currency == "CAD" || currency == "USD";
    const std::string_view sign = dollars ? "$" : currency == "EUR" ? "€" : "";
    const bool tiny = value > 0 && value < 0.005;
    const std::string amount = localised(digits(tiny ? 0.01 : value, 2), language);
    std::string result = tiny ? "<" + std::string(kThin) : "";
    if (!traits_of(language).currency_behind && !sign.empty()) {
        return result.append(sign).append(amount);
    }
    return result.append(amount).append(kThin).append(sign.empty() ? currency : sign);
}

namespace {

struct Civil {
    std::chrono::year_month_day day;
    std::int64_t seconds;
};

Civil civil(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    return {std::chrono::year_month_day{day}, (instant - day).count()};
}

std::string date(const Civil& at) {
    std::array<char, 40> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(at.day.year()),
        static_cast<unsigned>(at.day.month()), static_cast<unsigned>(at.day.day()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string utc(Instant instant) {
    const Civil at = civil(instant);
    return date(at) + " " + two(at.seconds / 3600) + ":" + two(at.seconds / 60 % 60) + " UTC";
}

std::string iso(Instant instant) {
    const Civil at = civil(instant);
    return date(at) + "T" + two(at.seconds / 3600) + ":" + two(at.seconds / 60 % 60) + ":" +
           two(at.seconds % 60) + "Z";
}

}  // namespace portal::views::format
