#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/robinhood/settings.h"
#include "handlers/sources/robinhood/storage.h"

namespace portal::robinhood {

/// A breaker for each database, since one that hangs says nothing of the others.
using Breakers = std::deque<Breaker>;

/// Robinhood 3 with names as owners, in MariaDB or MySQL; one connection to each database, made
/// when first needed.
class MysqlStorage final : public Storage {
 public:
    /// `breakers` has one for each of `settings`, in their order, and outlives this.
    MysqlStorage(const std::vector<Settings>& settings, const Breakers& breakers);
    ~MysqlStorage() override;

    /// Calls end by this deadline, and by each database's timeout.
    void start_request(const Deadline& deadline);

    /// A file system without settings is Rejected.
    std::vector<Result<GroupUses>> use_of(const std::vector<Wanted>& wanted) override;

 private:
    class Database;
    Database* find(std::string_view file_system);

    Deadline request_;
    std::vector<std::unique_ptr<Database>> databases_;
};

}  // namespace portal::robinhood
