#include "handlers/jobstats/script/uploads.h"

#include <algorithm>

namespace portal::jobstats {
namespace {

/// Clocks of controller and portal may differ.
constexpr Seconds kSlack = std::chrono::hours{1};
/// A script may wait in the controller's spool while the portal is away.
constexpr Seconds kLongestWait = std::chrono::hours{24 * 7};

Instant first_submitted(const Attempts& attempts) {
    const auto earliest = std::min_element(
        attempts.all.begin(), attempts.all.end(),
        [](const slurm::Job& a, const slurm::Job& b) { return a.submitted < b.submitted; });
    return earliest->submitted;
}

/// End of the last attempt; empty while one is not over.
std::optional<Instant> last_ended(const Attempts& attempts) {
    Instant last{};
    for (const slurm::Job& job : attempts.all) {
        if (!job.ended) return std::nullopt;
        last = std::max(last, *job.ended);
    }
    return last;
}

bool too_late(const Attempts& attempts, const database::ScriptVersion& version) {
    const auto ended = last_ended(attempts);
    return ended && version.last_stored > *ended + kLongestWait;
}

}  // namespace

std::vector<JobId> script_jobs(const slurm::Job& job) {
    std::vector<JobId> jobs;
    if (job.het_job) jobs.push_back(*job.het_job);
    if (!job.het_job || *job.het_job != job.id) jobs.push_back(job.id);
    if (job.array && *job.array != job.id) jobs.push_back(*job.array);
    return jobs;
}

Uploads uploads_of(const Attempts& attempts, const std::vector<database::ScriptVersion>& versions) {
    const Instant begin = first_submitted(attempts) - kSlack;
    for (const JobId id : script_jobs(attempts.job())) {
        Uploads own;
        // They come with the newest first; of one second, too.
        std::copy_if(versions.rbegin(), versions.rend(), std::back_inserter(own),
                     [&](const database::ScriptVersion& version) {
                         return version.job == id && version.last_stored >= begin;
                     });
        if (own.empty()) continue;
        std::stable_sort(own.begin(), own.end(), [](const auto& a, const auto& b) {
            return a.first_stored < b.first_stored;
        });
        return own;
    }
    return {};
}

bool may_be_anothers(const Attempts& attempts, const Uploads& uploads) {
    if (uploads.empty()) return false;
    return attempts.all.front().superseded ||
           std::any_of(uploads.begin(), uploads.end(),
                       [&](const auto& version) { return too_late(attempts, version); });
}

std::optional<Instant> next_bearer(const Attempts& attempts, const std::vector<slurm::Job>& rows) {
    const slurm::Job& newest = attempts.all.front();
    std::optional<Instant> next;
    for (const slurm::Job& row : rows) {
        const bool own =
            std::any_of(attempts.all.begin(), attempts.all.end(), [&](const slurm::Job& one) {
                return one.db_index == row.db_index && one.owner == row.owner;
            });
        // Tasks of one array are submitted at once, and its script is kept under one number.
        const bool beside = slurm::same_array(row, newest);
        if (own || beside || row.submitted <= newest.submitted) continue;
        next = std::min(next.value_or(row.submitted), row.submitted);
    }
    return next;
}

Uploads before_next(const std::optional<Instant>& next, Uploads uploads) {
    if (!next) return uploads;
    std::erase_if(uploads, [&](const auto& version) { return version.first_stored >= *next; });
    return uploads;
}

Uploads surely_own(const Attempts& attempts, Uploads uploads) {
    std::erase_if(uploads, [&](const auto& version) { return too_late(attempts, version); });
    return uploads;
}

std::size_t version_of_attempt(const Attempts& attempts, const Uploads& uploads) {
    std::size_t newest = 0;
    std::size_t before_end = 0;
    const auto& ended = attempts.job().ended;
    for (std::size_t i = 1; i < uploads.size(); ++i) {
        if (uploads[i].last_stored >= uploads[newest].last_stored) newest = i;
        if (ended && uploads[i].first_stored <= *ended) before_end = i;
    }
    return attempts.chosen == 0 || !ended ? newest : before_end;
}

}  // namespace portal::jobstats
