#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/gate.h"
#include "handlers/sources/robinhood/settings.h"
#include "handlers/sources/robinhood/storage.h"

namespace portal::robinhood {

/// A breaker for each database, since one that hangs says nothing of the others.
using Breakers = std::deque<Breaker>;

/// Robinhood 3 with names as owners, in MariaDB or MySQL; one connection to each database, made
/// when first needed.
class MysqlStorage final : public Storage {
 public:
    /// `breakers` has one for each of `settings`, in their order; it and `request` outlive this.
    MysqlStorage(const std::vector<Settings>& settings, const CurrentRequest& request,
                 const Breakers& breakers);
    ~MysqlStorage() override;

    /// A file system without settings is Rejected; one whose table has numbers instead of the
    /// names of groups is Malformed, since no group can be found there.
    std::vector<Result<GroupUses>> use_of(const std::vector<Wanted>& wanted) override;
    /// Errs likewise.
    Result<OwnerSums> sums_of(const std::string& file_system) override;

 private:
    class Database;
    Database* find(std::string_view file_system);
    void take_part(std::size_t parts);

    const CurrentRequest& request_;
    CurrentRequest part_;  ///< the same with the part of its time that one database may take
    std::vector<std::unique_ptr<Database>> databases_;
};

}  // namespace portal::robinhood
