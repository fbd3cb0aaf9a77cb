#pragma once

#include <string>
#include <string_view>

#include "fcgi/base/time.h"
#include "handlers/sources/ldap/connection.h"
#include "handlers/sources/ldap/directory.h"
#include "handlers/sources/ldap/settings.h"

namespace portal::ldap {

/// The directory itself: each call is a search. Logins and groups are compared as LDAP does,
/// without case. Several entries of one group are one allocation. Of two entries for one login or
/// uid none is chosen: the log tells.
class LdapDirectory final : public Directory {
 public:
    explicit LdapDirectory(const Settings& settings, const SourceTerms& terms = {});

    Result<std::optional<Person>> by_login(const Username& login) override;
    Result<std::optional<Person>> by_uid(Uid uid) override;
    Result<std::vector<Allocation>> allocations_of(const Username& member) override;
    Result<std::optional<Allocation>> allocation(std::string_view group) override;

 private:
    Result<std::optional<Person>> only(const std::string& attribute, const std::string& value);
    Result<std::vector<Entry>> people(const std::string& attribute, const std::string& value);
    Result<std::vector<Entry>> allocations(const std::string& attribute,
                                           const std::vector<std::string>& any);
    [[nodiscard]] Allocation read_allocation(const Entry& entry, const std::string& group) const;

    Settings settings_;
    Connection connection_;
};

}  // namespace portal::ldap
