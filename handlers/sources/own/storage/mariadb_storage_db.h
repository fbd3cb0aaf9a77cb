#pragma once

// handlers/sources/own/storage is what the portal keeps of Robinhood's sums: a copy a day of each
// file system, made by the background service. The interface for handlers (storage_db.h), and its
// implementation over SQL (this file). May include what handlers/sources/own may.

#include <vector>

#include "handlers/sources/own/storage/storage_db.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// Copies in the portal's own database, over its one connection, which outlives this.
class MariadbStorageDb final : public StorageDb {
 public:
    explicit MariadbStorageDb(sql::Session& session) : session_(session) {}

    Result<std::vector<StorageCopy>> copies(Day from) override;
    Result<std::vector<Growth>> growth(const CopyPair& pair, HeldBy::Sort sort) override;
    Result<std::vector<Growth>> growth_of_groups(const CopyPair& pair, HeldBy::Storage storage,
                                                 std::span<const std::string> groups) override;
    Result<bool> keep(const StorageCopy& copy, std::span<const Holding> holdings,
                      const Lease& lease) override;
    Result<std::uint64_t> prune(Day before, const Lease& lease) override;

 private:
    [[nodiscard]] Result<std::vector<std::uint64_t>> ids(const sql::Statement& statement,
                                                         const std::vector<sql::Value>& values);
    [[nodiscard]] Result<bool> begin_copy(const StorageCopy& copy, const Lease& lease);
    [[nodiscard]] Result<bool> add_rows(std::uint64_t copy, std::span<const Holding> holdings);
    [[nodiscard]] Result<bool> end_copy(std::uint64_t copy);

    sql::Session& session_;
};

}  // namespace portal::database
