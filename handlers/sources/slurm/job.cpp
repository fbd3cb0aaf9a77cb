#include "handlers/sources/slurm/job.h"

#include <algorithm>
#include <limits>

#include "fcgi/base/ascii.h"
#include "fcgi/base/login.h"
#include "fcgi/base/text.h"

namespace portal::slurm {
namespace {

constexpr Seconds kRequeueGap = kHour;
/// Clocks of controller and nodes.
constexpr Seconds kClockSlack = kMinute;

/// A login without the domain that machines of an Active Directory put before or after it.
std::string_view bare(std::string_view login) {
    const auto before = login.find('\\');
    if (before != std::string_view::npos) login.remove_prefix(before + 1);
    const auto after = login.find('@');
    return after == 0 ? login : login.substr(0, after);
}

/// When an attempt was over at the latest.
Instant last_of(const Job& job) {
    if (job.ended) return std::max(*job.ended, job.submitted);
    const Instant began = job.started.value_or(job.submitted);
    return job.runs() || job.state == JobState::Pending ? Instant::max() - kDay
                                                        : began + job.time_limit.value_or(kDay);
}

/// Whether `later` is the next attempt of the job that `earlier` is an attempt of.
bool continues(const Job& earlier, const Job& later) {
    const bool same_array = earlier.array == later.array && earlier.array_task == later.array_task;
    if (!same_array) return false;
    // An attempt that did not end cannot be followed: what overlaps comes from another database.
    const bool overlaps = earlier.ended && later.submitted < *earlier.ended - kClockSlack;
    return !overlaps && later.submitted <= last_of(earlier) + kRequeueGap;
}

bool in_bitmap(std::string_view digits, std::uint32_t task) {
    const std::size_t place = task / 4;
    if (place >= digits.size()) return false;
    const int value = ascii::hex_value(digits[digits.size() - 1 - place]);
    if (value < 0) return false;
    return ((static_cast<unsigned>(value) >> (task % 4)) & 1U) != 0;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    return text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max());
}

/// One of `7`, `7-90` and `7-90:2`.
bool in_range(std::string_view range, std::uint32_t task) {
    const auto dash = range.find('-');
    const auto first = number_in(range.substr(0, dash));
    if (!first) return false;
    if (dash == std::string_view::npos) return *first == task;
    const std::string_view rest = range.substr(dash + 1);
    const auto colon = rest.find(':');
    const auto last = number_in(rest.substr(0, colon));
    const auto step = colon == std::string_view::npos ? 1 : number_in(rest.substr(colon + 1));
    if (!last || !step || *step == 0) return false;
    return task >= *first && task <= *last && (task - *first) % *step == 0;
}

}  // namespace

bool is_of(const Owner& owner, const Job& job) {
    if (owner.uid != job.owner) return false;
    if (owner.logins.empty() || job.association_user.empty()) return true;
    return std::any_of(owner.logins.begin(), owner.logins.end(), [&](const std::string& login) {
        return same_login(bare(login), bare(job.association_user));
    });
}

std::vector<Job> one_submission(const std::vector<Job>& all, std::size_t chosen) {
    std::size_t first = chosen;
    while (first > 0 && continues(all[first], all[first - 1])) --first;
    std::size_t last = chosen;
    while (last + 1 < all.size() && continues(all[last + 1], all[last])) ++last;
    const auto at = [&](std::size_t place) {
        return all.begin() + static_cast<std::ptrdiff_t>(place);
    };
    return {at(first), at(last + 1)};
}

bool holds_task(std::string_view rest, std::uint32_t task) {
    rest = rest.substr(0, rest.find('%'));
    if (rest.starts_with("0x") || rest.starts_with("0X")) return in_bitmap(rest.substr(2), task);
    const auto ranges = text::split_list(rest, ',');
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const std::string& range) { return in_range(range, task); });
}

}  // namespace portal::slurm
