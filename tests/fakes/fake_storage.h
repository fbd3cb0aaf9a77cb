#pragma once

#include <map>
#include <string>
#include <vector>

#include "handlers/sources/robinhood/storage.h"

namespace portal::fakes {

/// Robinhood as what is put into `uses`, by file system; those in `away` err.
class FakeStorage final : public robinhood::Storage {
 public:
    std::map<std::string, robinhood::GroupUses> uses;
    std::map<std::string, robinhood::OwnerSums> sums;
    std::map<std::string, SourceError> away;
    std::vector<std::string> asked;  ///< for all of their sums

    std::vector<Result<robinhood::GroupUses>> use_of(
        const std::vector<robinhood::Wanted>& wanted) override {
        std::vector<Result<robinhood::GroupUses>> answers;
        for (const robinhood::Wanted& one : wanted) answers.push_back(answer(one));
        return answers;
    }

    Result<robinhood::OwnerSums> sums_of(const std::string& file_system) override {
        asked.push_back(file_system);
        if (away.count(file_system) > 0) return away.at(file_system);
        return sums[file_system];
    }

 private:
    Result<robinhood::GroupUses> answer(const robinhood::Wanted& wanted) const {
        if (away.count(wanted.file_system) > 0) return away.at(wanted.file_system);
        robinhood::GroupUses found;
        for (const std::string& group : wanted.groups) {
            found.push_back({group, {}, {}, {}});
            if (uses.count(wanted.file_system) == 0) continue;
            for (const auto& use : uses.at(wanted.file_system)) {
                if (use.group == group) found.back() = use;
            }
        }
        return found;
    }
};

}  // namespace portal::fakes
