#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "handlers/sources/own/summaries/day_db.h"

namespace portal::fakes {

/// Sums as the test has them for each kind of row, the same for all days before `change`; days
/// that are due.
class FakeDayDb final : public database::DayDb {
 public:
    std::map<By, std::vector<database::DaySums>> rows;
    std::map<By, std::vector<database::DaySums>> earlier;  ///< where days end before `change`
    database::Day change = 0;
    std::vector<std::string> names;     ///< that were asked for last
    std::vector<database::Days> asked;  ///< what was asked
    std::set<database::Day> dirty;
    std::vector<database::Day> made;
    std::vector<database::Days> checked;
    std::optional<database::Day> oldest;
    std::set<database::Day> unequal;
    std::set<database::Day> bad;  ///< that cannot be made
    std::optional<SourceError> away;
    bool lease_over = false;

    Result<std::vector<database::DaySums>> of_all(database::Days days, By by) override {
        if (away) return *away;
        asked.push_back(days);
        return days.to <= change ? earlier[by] : rows[by];
    }
    Result<std::vector<database::DaySums>> of_account(std::span<const std::string> wanted,
                                                      database::Days days, By by) override {
        names.assign(wanted.begin(), wanted.end());
        return of_all(days, by);
    }
    Result<std::vector<database::DaySums>> of_person(const database::Whose& wanted,
                                                     database::Days days) override {
        return of_account(wanted.logins, days, By::EachDay);
    }
    Result<std::optional<database::Day>> due(database::Day from) override {
        if (away) return *away;
        const auto found = dirty.lower_bound(from);
        return found == dirty.end() ? std::nullopt : std::optional(*found);
    }
    Result<bool> make(database::Day day, const database::Lease& /*lease*/) override {
        if (away) return *away;
        if (lease_over) return false;
        if (bad.contains(day)) return SourceError{SourceId::Portal, Fault::TooLong, ""};
        dirty.erase(day);
        unequal.erase(day);
        made.push_back(day);
        return true;
    }
    Result<std::uint64_t> check(database::Days days, const database::Lease& /*lease*/) override {
        if (away) return *away;
        checked.push_back(days);
        std::uint64_t found = 0;
        for (const database::Day day : unequal) {
            if (day < days.from || day >= days.to) continue;
            dirty.insert(day);
            ++found;
        }
        return found;
    }
    Result<std::optional<database::Day>> first() override {
        if (away) return *away;
        return oldest;
    }
};

}  // namespace portal::fakes
