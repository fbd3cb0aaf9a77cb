#include "handlers/jobstats/advice/friendly.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>

#include "fcgi/base/units.h"

namespace portal::jobstats {
namespace {

/// Up to `upto`, amounts are rounded up to a multiple of `step`.
struct Rounding {
    double upto;
    double step;
};

double rounded_up(double amount, std::span<const Rounding> table) {
    for (const Rounding& row : table) {
        if (amount <= row.upto) return std::ceil(amount / row.step) * row.step;
    }
    const double last = table.back().step;
    return std::ceil(amount / last) * last;
}

}  // namespace

double friendly_memory(double bytes) {
    constexpr std::array kTable = {
        Rounding{kGibibyte, 100 * kMebibyte}, Rounding{16 * kGibibyte, kGibibyte},
        Rounding{64 * kGibibyte, 2 * kGibibyte}, Rounding{256 * kGibibyte, 8 * kGibibyte},
        Rounding{kTebibyte, 16 * kGibibyte}};
    return rounded_up(bytes, kTable);
}

std::string memory_text(double bytes) {
    const bool whole = std::fmod(bytes, kGibibyte) == 0;
    const double unit = whole ? kGibibyte : kMebibyte;
    return std::to_string(static_cast<std::uint64_t>(std::ceil(bytes / unit))) +
           (whole ? "G" : "M");
}

double friendly_time(double seconds) {
    constexpr std::array kTable = {Rounding{kSecondsPerHour, 5 * kSecondsPerMinute},
                                   Rounding{6 * kSecondsPerHour, 15 * kSecondsPerMinute},
                                   Rounding{24 * kSecondsPerHour, 30 * kSecondsPerMinute},
                                   Rounding{1e9, kSecondsPerHour}};
    return rounded_up(seconds, kTable);
}

std::string time_text(double seconds) {
    const auto all = static_cast<std::int64_t>(seconds);
    std::array<char, 48> buffer{};
    const auto days = static_cast<long long>(all / kDay.count());
    const auto hours = static_cast<long long>(all / kHour.count() % 24);
    const auto minutes = static_cast<long long>(all / kMinute.count() % 60);
    const int length =
        days > 0 ? std::snprintf(buffer.data(), buffer.size(), "%lld-%02lld:%02lld:00", days, hours,
                                 minutes)
                 : std::snprintf(buffer.data(), buffer.size(), "%lld:%02lld:00", hours, minutes);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string count_text(double count) {
    return std::to_string(static_cast<std::uint64_t>(count));
}

}  // namespace portal::jobstats
