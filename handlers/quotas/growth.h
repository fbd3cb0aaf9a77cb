#pragma once

#include <string>
#include <vector>

#include "handlers/context.h"
#include "handlers/sources/own/storage/storage_db.h"
#include "views/parts/tiles/quota.h"

namespace portal::quotas {

/// How groups grew on one file system, by the portal's daily copies.
class GroupGrowth {
 public:
    GroupGrowth() = default;
    /// Reads it of these groups, for the storages that lie there; knows nothing if the portal's
    /// database is away.
    GroupGrowth(const RobinhoodName& there, const std::vector<std::string>& groups,
                const std::vector<database::StorageCopy>& copies, Context& context);

    /// Fills in what a group's quota has grown by. Nothing where it did not grow, and where that is
    /// not known.
    void fill(views::Quota& quota, const std::string& group,
              database::HeldBy::Storage storage) const;

 private:
    std::string since_;  ///< a date; empty: 30 days
    std::vector<database::Growth> project_;
    std::vector<database::Growth> nearline_;
};

/// The copies that growth is told from; empty where the site keeps none, or its database is away.
[[nodiscard]] std::vector<database::StorageCopy> recent_copies(Context& context);

}  // namespace portal::quotas
