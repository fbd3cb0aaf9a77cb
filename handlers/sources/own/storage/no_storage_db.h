#pragma once

#include "handlers/sources/own/storage/storage_db.h"

namespace portal::database {

/// For a site without a database of the portal: nothing is kept.
class NoStorageDb final : public StorageDb {
 public:
    Result<std::vector<StorageCopy>> copies(Day /*from*/) override {
        return std::vector<StorageCopy>{};
    }
    Result<std::vector<Growth>> growth(const CopyPair& /*pair*/, HeldBy::Sort /*sort*/) override {
        return std::vector<Growth>{};
    }
    Result<std::vector<Growth>> growth_of_groups(const CopyPair& /*pair*/,
                                                 HeldBy::Storage /*storage*/,
                                                 std::span<const std::string> /*groups*/) override {
        return std::vector<Growth>{};
    }
    Result<bool> keep(const StorageCopy& /*copy*/, std::span<const Holding> /*holdings*/,
                      const Lease& /*lease*/) override {
        return false;
    }
    Result<std::uint64_t> prune(Day /*before*/, const Lease& /*lease*/) override {
        return std::uint64_t{0};
    }
};

}  // namespace portal::database
