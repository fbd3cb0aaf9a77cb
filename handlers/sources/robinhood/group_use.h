#pragma once

#include <map>
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

/// The rows by group, as Storage::use_of gives them, whatever the case of their names. Rows of
/// other groups are passed over.
[[nodiscard]] GroupUses group_uses(const std::vector<std::string>& groups,
                                   const std::vector<OwnerRow>& rows);

/// Adds rows up by owner and by group, as Storage::sums_of gives them.
class OwnerAdder {
 public:
    void add(const OwnerRow& row);
    /// The sums; nothing is left here.
    [[nodiscard]] OwnerSums take();

 private:
    std::map<std::string, OwnerSum> people_;
    std::map<std::string, OwnerSum> groups_;
};

/// The same of all rows at once.
[[nodiscard]] OwnerSums owner_sums(const std::vector<OwnerRow>& rows);

}  // namespace portal::robinhood
