#include "fcgi/programs/background/summarize.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "fcgi/base/time.h"
#include "fcgi/programs/background/parts.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/summary/rules_version.h"
#include "handlers/jobstats/summary/tasks.h"
#include "handlers/sources/own/digest.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal {
namespace {

constexpr std::uint32_t kAtOnce = 100;
constexpr Milliseconds kPatience{10'000};
constexpr Seconds kTell{5};
constexpr std::string_view kLease = "summarize";
constexpr int kMostTries = 5;

/// The answer; throws std::runtime_error if there is none.
template <class T>
T need(Result<T> result) {
    if (!result.ok()) {
        throw std::runtime_error(std::string(source_name(result.error().source)) +
                                 " gives no answer: " + result.error().detail);
    }
    return std::move(result).value();
}

/// Goes through finished jobs, with a lease of its own: two at once would do all work twice.
class Filling {
 public:
    Filling(const Config& config, const SummarizeWish& wish, std::ostream& progress)
        : parts_(config),
          wish_(wish),
          progress_(progress),
          maker_(parts_.context(), parts_.request()) {}

    void run() {
        take_lease();
        if (wish_.again) {
            judge_all();
        } else {
            make_all();
        }
        begin();
        static_cast<void>(tasks().end(lease_));
        tell("done");
    }

 private:
    database::TaskDb& tasks() { return parts_.context().portal_db.tasks(); }
    database::SummaryDb& summaries() { return parts_.context().portal_db.summaries(); }

    /// Waits, since one that was killed keeps the lease for a moment.
    void take_lease() {
        const std::string holder = database::random_hex();
        const auto end = std::chrono::steady_clock::now() + database::kLeaseTime + kTell;
        while (true) {
            begin();
            const auto taken = need(tasks().take(kLease, holder));
            if (taken) {
                lease_ = *taken;
                return;
            }
            if (std::chrono::steady_clock::now() > end) {
                throw std::runtime_error("another userportal-admin summarize is at work");
            }
            progress_ << "another one is at work, or was until a moment ago: waiting" << std::endl;
            std::this_thread::sleep_for(kTell);
        }
    }

    void begin() { parts_.request().begin(Deadline::in(kPatience)); }

    /// Before each job: renews the lease and reports progress.
    void go_on(std::uint64_t end) {
        begin();
        at_ = from_unix(static_cast<std::int64_t>(end));
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < kTell) return;
        if (!need(tasks().renew(lease_))) throw std::runtime_error("stopped for too long");
        tell("up to " + utc_text(at_));
        told_ = now;
    }

    void tell(const std::string& what) {
        progress_ << what << ": " << written_ << " written, " << passed_ << " in order already";
        if (unreadable_ > 0) progress_ << ", " << unreadable_ << " cannot be read";
        progress_ << std::endl;
    }

    void make_all() {
        const Instant now = parts_.context().clock.now();
        const Instant until =
            std::min(wish_.ended.to - Seconds{1}, now - parts_.context().site.background.delay);
        slurm::EndedPlace place{
            static_cast<std::uint64_t>(std::max<std::int64_t>(unix_seconds(wish_.ended.from), 1)) -
                1,
            std::numeric_limits<std::uint64_t>::max()};
        for (bool more = true; more;) {
            begin();
            const auto slice = need(parts_.context().slurm.ended(place, until, kAtOnce));
            const auto lacking = need(maker_.lacking(slice.jobs));
            passed_ += slice.jobs.size() - lacking.size();
            for (const slurm::Job& job : lacking) make(job);
            place = slice.reached;
            more = slice.more;
        }
    }

    void make(const slurm::Job& job) {
        go_on(static_cast<std::uint64_t>(job.position.ended));
        for (int tries = 1;; ++tries) {
            const auto outcome = maker_.keep(job, lease_);
            if (outcome.kept) {
                ++written_;
                unreadable_ += outcome.unreadable ? 1U : 0U;
                return;
            }
            if (outcome.lease_over) throw std::runtime_error("stopped for too long");
            if (outcome.away && tries >= kMostTries) {
                static_cast<void>(need(Result<bool>(*outcome.away)));
            }
        }
    }

    void judge_all() {
        const std::string version = jobstats::rules_version(parts_.context().site);
        database::EndPlace place;
        while (true) {
            begin();
            const auto some = need(summaries().between(wish_.ended, place, kAtOnce));
            if (some.empty()) return;
            for (const database::Summary& one : some) {
                place = {one.time_end, one.job_db_inx};
                if (one.rules_version == version || one.has(database::Summary::Unreadable)) {
                    ++passed_;
                } else {
                    judge(one);
                }
            }
        }
    }

    void judge(const database::Summary& kept) {
        go_on(kept.time_end);
        const auto job = need(jobstats::row_of(kept, parts_.context()));
        if (!job) {
            ++passed_;  // Slurm has forgotten it: it stays as it was judged
            return;
        }
        const auto again = need(jobstats::judge_again(kept, *job, parts_.context()));
        if (!need(summaries().write(again, lease_))) {
            throw std::runtime_error("stopped for too long");
        }
        ++written_;
    }

    BackgroundParts parts_;
    const SummarizeWish& wish_;
    std::ostream& progress_;
    jobstats::SummaryMaker maker_;
    database::Lease lease_;
    Instant at_{};
    std::chrono::steady_clock::time_point told_{};
    std::uint64_t written_ = 0;
    std::uint64_t passed_ = 0;
    std::uint64_t unreadable_ = 0;
};

}  // namespace

void summarize(const Config& config, const SummarizeWish& wish, std::ostream& progress) {
    Filling(config, wish, progress).run();
}

}  // namespace portal
