#include "handlers/quotas/copy_task.h"

#include <algorithm>
#include <map>
#include <utility>

#include "handlers/sources/own/storage/storage_db.h"

namespace portal::quotas {
namespace {

using background::Step;
using database::Day;
using database::HeldBy;
using database::Holding;
using database::Lease;
using database::StorageCopy;
using database::TaskState;

using Copies = std::vector<StorageCopy>;

/// What one file system may take: Robinhood at most half of it, well within a lease.
constexpr Milliseconds kStepTime{24'000};
constexpr Seconds kPeriod{300};
/// After which a file system that could not be read is tried again.
constexpr Seconds kRetry{900};

std::optional<database::Held> held(const std::optional<robinhood::Amount>& amount) {
    if (!amount) return std::nullopt;
    return database::Held{amount->bytes.count, amount->inodes};
}

/// What is known to be nothing gets no row.
void add(std::vector<Holding>& all, HeldBy by, const std::optional<robinhood::Amount>& amount) {
    if (amount == robinhood::Amount{}) return;
    all.push_back({std::move(by), held(amount)});
}

std::vector<Holding> holdings_of(const robinhood::OwnerSums& sums) {
    std::vector<Holding> all;
    const auto add_all = [&](HeldBy::Sort sort, const std::vector<robinhood::OwnerSum>& owners) {
        for (const robinhood::OwnerSum& one : owners) {
            add(all, {sort, HeldBy::Storage::Project, one.name}, one.project);
            add(all, {sort, HeldBy::Storage::Nearline, one.name}, one.nearline);
        }
    };
    add_all(HeldBy::Sort::Person, sums.people);
    add_all(HeldBy::Sort::Group, sums.groups);
    return all;
}

class CopyTask final : public background::Task {
 public:
    CopyTask(Context& context, CurrentRequest& request) : context_(context), request_(request) {}

    [[nodiscard]] std::string_view name() const override { return "storage"; }
    [[nodiscard]] Seconds period() const override { return kPeriod; }

    Step step(const Lease& lease, TaskState& state) override {
        request_.begin(Deadline::in(kStepTime));
        const Day today = database::day_of(context_.clock.now());
        auto found = db().copies(today - std::min(today, database::kOldestCopy));
        if (!found.ok()) return away(found.error());
        Copies copies = std::move(found).value();
        const RobinhoodName* const due = next(copies, today);
        Step step = due == nullptr ? prune(today, lease)
                                   : copy({0, due->name, today}, copies, lease, state);
        state.behind_s = behind(copies, today);
        step.more = step.more || next(copies, today) != nullptr;
        return step;
    }

 private:
    database::StorageDb& db() { return context_.portal_db.storage(); }

    static Step away(const SourceError& error) {
        Step step;
        step.away = error;
        return step;
    }

    /// The first file system that has no copy of today and was not tried a moment ago; nullptr:
    /// there is none.
    [[nodiscard]] const RobinhoodName* next(const Copies& copies, Day today) const {
        const auto now = context_.clock.steady();
        for (const RobinhoodName& one : context_.site.robinhood) {
            const StorageCopy* const newest = database::newest_copy(copies, one.name);
            if (newest != nullptr && newest->day >= today) continue;
            const auto tried = tried_.find(one.name);
            if (tried == tried_.end() || now - tried->second >= kRetry) return &one;
        }
        return nullptr;
    }

    Step copy(const StorageCopy& wanted, Copies& copies, const Lease& lease, TaskState& state) {
        const auto sums = context_.storage.sums_of(wanted.file_system);
        const auto kept = sums.ok() ? db().keep(wanted, holdings_of(sums.value()), lease)
                                    : Result<bool>(sums.error());
        if (!kept.ok()) {
            tried_[wanted.file_system] = context_.clock.steady();
            return away(kept.error());
        }
        Step step;
        step.lease_over = !kept.value();
        if (step.lease_over) return step;
        ++state.done;
        copies.push_back(wanted);
        return step;
    }

    Step prune(Day today, const Lease& lease) {
        const Day kept = context_.site.background.keep_storage_days;
        if (kept == 0 || kept > today) return {};
        const auto gone = db().prune(today - kept, lease);
        if (!gone.ok()) return away(gone.error());
        Step step;
        step.more = gone.value() > 0;
        return step;
    }

    /// How long ago the first day began of which a file system has no copy, though it had one the
    /// day before, or none at all.
    [[nodiscard]] std::uint64_t behind(const Copies& copies, Day today) const {
        Day first = today + 1;
        for (const RobinhoodName& one : context_.site.robinhood) {
            const StorageCopy* const newest = database::newest_copy(copies, one.name);
            first = std::min(first, newest == nullptr ? today : newest->day + 1);
        }
        if (first > today) return 0;
        return unsigned_unix_seconds(context_.clock.now()) -
               unsigned_unix_seconds(database::beginning_of(first));
    }

    Context& context_;
    CurrentRequest& request_;
    /// When a file system could not be copied.
    std::map<std::string, std::chrono::steady_clock::time_point> tried_;
};

}  // namespace

background::Tasks copy_tasks(Context& context, CurrentRequest& request) {
    background::Tasks tasks;
    if (!context.site.robinhood.empty()) {
        tasks.push_back(std::make_unique<CopyTask>(context, request));
    }
    return tasks;
}

}  // namespace portal::quotas
