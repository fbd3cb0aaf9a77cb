#include "fcgi/programs/prolog/spool_clock.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::prolog {
namespace {

/// How far the clock was, at a moment of a boot.
struct Kept {
    std::string boot;
    std::uint64_t up_us = 0;
    std::uint64_t clock_us = 0;
};

std::string this_boot() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string boot;
    file >> boot;
    return boot;
}

std::uint64_t up_us() {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000U +
           static_cast<std::uint64_t>(time.tv_nsec) / 1000U;
}

std::uint64_t time_of_day_us() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::optional<Kept> read_kept(const std::string& path) {
    std::array<char, 128> target{};
    const auto length = readlink(path.c_str(), target.data(), target.size());
    if (length <= 0) return std::nullopt;
    const auto parts =
        text::split_list(std::string_view(target.data(), static_cast<std::size_t>(length)), '.');
    if (parts.size() != 3) return std::nullopt;
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    const auto up = text::parse_unsigned(parts[1], kMost);
    const auto clock = text::parse_unsigned(parts[2], kMost);
    if (!up || !clock) return std::nullopt;
    return Kept{parts[0], *up, *clock};
}

}  // namespace

std::uint64_t SpoolClock::now_us() const {
    const auto kept = read_kept(path_);
    if (!kept) return time_of_day_us();
    const std::uint64_t up = up_us();
    if (kept->boot != this_boot() || up < kept->up_us) return kept->clock_us;
    return kept->clock_us + (up - kept->up_us);
}

void SpoolClock::keep() const {
    const std::string target =
        this_boot() + "." + std::to_string(up_us()) + "." + std::to_string(now_us());
    const std::string fresh = path_ + "." + std::to_string(getpid());
    unlink(fresh.c_str());
    if (symlink(target.c_str(), fresh.c_str()) == 0) rename(fresh.c_str(), path_.c_str());
}

}  // namespace portal::prolog
