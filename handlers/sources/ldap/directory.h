#pragma once

// handlers/sources/ldap is the site's directory: the interface for handlers (this file), its
// implementation over LDAP, and the answers that a worker keeps. May include fcgi/base and what all
// sources share; libldap's headers stay in connection.cpp.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal::ldap {

/// A person as far as the portal knows one.
struct Person {
    Username login;  ///< the one in the entry's name, or else the first by the alphabet
    Uid uid;
    std::string name;
    std::vector<std::string> logins{};  ///< all of the entry, `login` among them

    /// True if that is one of the person's logins, compared as the directory does.
    [[nodiscard]] bool is_called(std::string_view text) const;
};

/// True if one of these logins is the person's.
[[nodiscard]] bool has_member(const std::vector<std::string>& members, const Person& person);

/// Resources of an active allocation on this cluster, from ccResource. Empty: LDAP gives none.
struct AllocatedResources {
    std::optional<double> core_equivalent;
    std::optional<double> gpu_equivalent;
    std::optional<Bytes> project_storage;
    std::optional<double> project_inodes;
    std::optional<Bytes> nearline_storage;
    bool project_unreadable = false;  ///< LDAP names some, with an amount that is no number
    bool nearline_unreadable = false;

    [[nodiscard]] bool has_project() const {
        return project_storage || project_inodes || project_unreadable;
    }
    [[nodiscard]] bool has_nearline() const {
        return nearline_storage ? nearline_storage->count > 0 : nearline_unreadable;
    }
};

/// An active allocation: a group with members.
struct Allocation {
    std::string group;                 ///< cn
    std::vector<std::string> members;  ///< logins
    AllocatedResources resources;
};

/// The site's directory. Every function errs with any Fault. Look-ups are kept for a short while.
class Directory {
 public:
    virtual ~Directory() = default;

    /// Person with that login, under whatever login the entry is named by; case does not matter.
    /// Empty if there is none, or none whose entry can be used: one number, one entry. Served from
    /// the last answer while LDAP is away.
    virtual Result<std::optional<Person>> by_login(const Username& login) = 0;
    /// Person with that uid; empty if there is none, if several entries have it, or if none of the
    /// entry's logins can be shown. Served as above.
    virtual Result<std::optional<Person>> by_uid(Uid uid) = 0;
    /// Active allocations a person is a member of, by name. Kept 60 s at most, never longer.
    virtual Result<std::vector<Allocation>> allocations_of(const Username& member) = 0;
    /// The active allocation of that group name; empty if there is none.
    virtual Result<std::optional<Allocation>> allocation(std::string_view group) = 0;
};

}  // namespace portal::ldap
