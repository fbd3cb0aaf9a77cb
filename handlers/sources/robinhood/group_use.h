#pragma once

#include <string>
#include <vector>

#include "handlers/sources/robinhood/storage.h"

namespace portal::robinhood {

/// What one owner has in one group, as the database sums it up; names are the database's bytes.
struct OwnerRow {
    std::string group;
    std::string user;
    Amount project;
    Amount disk;
    Amount tape;
};

/// The rows by group, as Storage::use_of gives them. Rows of other groups are passed over.
[[nodiscard]] GroupUses group_uses(const std::vector<std::string>& groups,
                                   const std::vector<OwnerRow>& rows);

/// All rows by owner and by group, as Storage::sums_of gives them.
[[nodiscard]] OwnerSums owner_sums(const std::vector<OwnerRow>& rows);

}  // namespace portal::robinhood
