#pragma once

#include "handlers/sources/gate.h"
#include "handlers/sources/ldap/directory.h"

namespace portal::ldap {

/// A directory behind the breaker; `inner` and the breaker outlive it.
class GuardedDirectory final : public Directory {
 public:
    GuardedDirectory(Directory& inner, const Breaker& breaker)
        : inner_(inner), gate_(breaker, SourceId::Ldap) {}

    void start_request() { gate_.start_request(); }

    Result<std::optional<Person>> by_login(const Username& login) override {
        return gate_.call([&] { return inner_.by_login(login); });
    }
    Result<std::optional<Person>> by_uid(Uid uid) override {
        return gate_.call([&] { return inner_.by_uid(uid); });
    }
    Result<std::vector<Allocation>> allocations_of(const Username& member) override {
        return gate_.call([&] { return inner_.allocations_of(member); });
    }
    Result<std::optional<Allocation>> allocation(std::string_view group) override {
        return gate_.call([&] { return inner_.allocation(group); });
    }

 private:
    Directory& inner_;
    Gate gate_;
};

}  // namespace portal::ldap
