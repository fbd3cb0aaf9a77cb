#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "handlers/sources/own/storage/storage_db.h"

namespace portal::fakes {

/// Copies as they were kept, and growth as the test has it, by the file system's name.
class FakeStorageDb final : public database::StorageDb {
 public:
    using Growths = std::vector<database::Growth>;

    std::vector<database::StorageCopy> kept;
    std::map<std::uint64_t, std::vector<database::Holding>> holdings;  ///< by copy
    std::map<std::string, Growths> people;
    std::map<std::string, Growths> groups;
    std::vector<database::HeldBy::Storage> asked;  ///< which storage of groups
    std::optional<SourceError> away;
    bool lease_over = false;

    Result<std::vector<database::StorageCopy>> copies(database::Day from) override {
        if (away) return *away;
        std::vector<database::StorageCopy> found;
        std::copy_if(kept.begin(), kept.end(), std::back_inserter(found),
                     [&](const auto& copy) { return copy.day >= from; });
        return found;
    }
    Result<Growths> growth(const database::CopyPair& pair, database::HeldBy::Sort sort) override {
        if (away) return *away;
        auto& all = sort == database::HeldBy::Sort::Person ? people : groups;
        return all[pair.now.file_system];
    }
    Result<Growths> growth_of_groups(const database::CopyPair& pair,
                                     database::HeldBy::Storage storage,
                                     std::span<const std::string> wanted) override {
        if (away) return *away;
        asked.push_back(storage);
        Growths found;
        for (const database::Growth& one : groups[pair.now.file_system]) {
            if (std::count(wanted.begin(), wanted.end(), one.name) > 0) found.push_back(one);
        }
        return found;
    }
    Result<bool> keep(const database::StorageCopy& copy, std::span<const database::Holding> rows,
                      const database::Lease& /*lease*/) override {
        if (away) return *away;
        if (lease_over) return false;
        kept.push_back(copy);
        kept.back().id = kept.size();
        holdings[kept.back().id].assign(rows.begin(), rows.end());
        return true;
    }
    Result<std::uint64_t> prune(database::Day before, const database::Lease& /*lease*/) override {
        if (away) return *away;
        const auto old = std::find_if(kept.begin(), kept.end(),
                                      [&](const auto& copy) { return copy.day < before; });
        if (old == kept.end()) return std::uint64_t{0};
        kept.erase(old);
        return std::uint64_t{1};
    }
};

}  // namespace portal::fakes
