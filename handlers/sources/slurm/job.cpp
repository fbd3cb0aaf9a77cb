#include "handlers/sources/slurm/job.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/login.h"

namespace portal::slurm {
namespace {

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
    return job.runs() || job.state == JobState::Pending
               ? Instant::max() - kDay
               : began + job.time_limit.value_or(kUnknownRun);
}

/// Whether `later` is the next attempt of the job that `earlier` is an attempt of.
bool continues(const Job& earlier, const Job& later) {
    const bool same_array = earlier.array == later.array && earlier.array_task == later.array_task;
    if (!same_array) return false;
    // An attempt that did not end cannot be followed: what overlaps comes from another database.
    const bool overlaps = earlier.ended && later.submitted < *earlier.ended - kClockSlack;
    return !overlaps && later.submitted <= last_of(earlier) + kRequeueGap;
}

}  // namespace

std::string plain_login(std::string_view login) {
    std::string plain(bare(login));
    std::transform(plain.begin(), plain.end(), plain.begin(), ascii::to_lower);
    return plain;
}

bool is_of(const Owner& owner, const Job& job) {
    if (owner.uid != job.owner) return false;
    if (owner.logins.empty() || job.association_user.empty()) return true;
    return std::any_of(owner.logins.begin(), owner.logins.end(), [&](const std::string& login) {
        return same_login(bare(login), bare(job.association_user));
    });
}

bool same_array(const Job& a, const Job& b) {
    return a.array && a.owner == b.owner && a.array == b.array && a.array_began == b.array_began &&
           a.array_next == b.array_next;
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

}  // namespace portal::slurm
