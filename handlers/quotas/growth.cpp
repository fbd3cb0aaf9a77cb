#include "handlers/quotas/growth.h"

#include <algorithm>

#include "fcgi/base/login.h"
#include "handlers/days/sums.h"
#include "handlers/page/errors.h"
#include "handlers/sources/robinhood/spellings.h"

namespace portal::quotas {
namespace {

using database::Growth;
using Storage = database::HeldBy::Storage;

/// A copy is made each day: one older than this is no copy of what is there now.
constexpr database::Day kFresh = 2;

template <class T>
T or_nothing(Result<T> answer) {
    if (answer.ok()) return std::move(answer).value();
    log_missing(answer.error());
    return {};
}

void fill_line(views::QuotaLine& line, std::uint64_t then, std::uint64_t now, bool appeared,
               const std::string& since) {
    if (now <= then) return;
    line.growth = {static_cast<double>(now - then), since, appeared};
}

}  // namespace

std::vector<database::StorageCopy> recent_copies(Context& context) {
    if (!context.site.scripts.enabled) return {};
    const database::Day today = database::day_of(context.clock.now());
    return or_nothing(
        context.portal_db.storage().copies(today - std::min(today, database::kOldestCopy)));
}

GroupGrowth::GroupGrowth(const RobinhoodName& there, const std::vector<std::string>& groups,
                         const std::vector<database::StorageCopy>& copies, Context& context) {
    const auto pair = database::growth_pair(copies, there.name);
    if (!pair || groups.empty()) return;
    // Beside what is there today a copy of long ago says nothing.
    if (pair->now.day + kFresh < database::day_of(context.clock.now())) return;
    if (pair->days() != database::kGrowthDays) since_ = date_of(pair->then.day);
    database::StorageDb& db = context.portal_db.storage();
    const std::vector<std::string> names = robinhood::spellings_of(groups);
    if (there.project) {
        project_ = or_nothing(db.growth_of_groups(*pair, Storage::Project, names));
    }
    if (there.nearline) {
        nearline_ = or_nothing(db.growth_of_groups(*pair, Storage::Nearline, names));
    }
}

void GroupGrowth::fill(views::Quota& quota, const std::string& group, Storage storage) const {
    const std::vector<Growth>& all = storage == Storage::Project ? project_ : nearline_;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Growth& one) { return same_login(one.name, group); });
    if (found == all.end() || !found->known) return;
    fill_line(quota.bytes, found->then.bytes, found->now.bytes, found->appeared, since_);
    fill_line(quota.files, found->then.files, found->now.files, found->appeared, since_);
}

}  // namespace portal::quotas
