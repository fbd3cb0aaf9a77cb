#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "handlers/sources/ldap/directory.h"

namespace portal::fakes {

/// A directory of the people and allocations it is given; with `away` every answer is that error.
class FakeDirectory final : public ldap::Directory {
 public:
    std::vector<ldap::Person> people;
    std::vector<ldap::Allocation> groups;
    std::optional<SourceError> away;
    int asked = 0;

    Result<std::optional<ldap::Person>> by_login(const Username& login) override {
        return named(
            first(people, [&](const ldap::Person& one) { return one.is_called(login.value); }));
    }
    Result<std::optional<ldap::Person>> by_uid(Uid uid) override {
        return named(first(people, [&](const ldap::Person& one) { return one.uid == uid; }));
    }
    Result<std::vector<ldap::Allocation>> allocations_of(const Username& member) override {
        ++asked;
        if (away) return *away;
        std::vector<ldap::Allocation> found;
        std::copy_if(groups.begin(), groups.end(), std::back_inserter(found), [&](const auto& one) {
            return std::count(one.members.begin(), one.members.end(), member.value) > 0;
        });
        return found;
    }
    Result<std::optional<ldap::Allocation>> allocation(std::string_view group) override {
        return first(groups, [&](const ldap::Allocation& one) { return one.group == group; });
    }

 private:
    /// A person who is given without a list of logins has the one.
    static Result<std::optional<ldap::Person>> named(Result<std::optional<ldap::Person>> found) {
        if (!found.ok() || !found.value() || !found.value()->logins.empty()) return found;
        ldap::Person person = *found.value();
        person.logins = {person.login.value};
        return std::optional(person);
    }
    template <class T, class Wanted>
    Result<std::optional<T>> first(const std::vector<T>& all, Wanted wanted) {
        ++asked;
        if (away) return *away;
        const auto found = std::find_if(all.begin(), all.end(), wanted);
        return found == all.end() ? std::nullopt : std::optional<T>(*found);
    }
};

}  // namespace portal::fakes
