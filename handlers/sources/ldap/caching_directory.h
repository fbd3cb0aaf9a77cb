#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/sources/ldap/directory.h"
#include "handlers/sources/ldap/kept_answers.h"

namespace portal::ldap {

/// Another directory with its answers kept for a while in this process.
///
/// People: 5 minutes; somebody who was not found, 30 seconds. While the directory is away, the last
/// answer about a person is served however old it is, and the directory is tried again after 5
/// seconds. Allocations: 60 seconds and never longer, whatever the directory's state.
class CachingDirectory final : public Directory {
 public:
    /// Both outlive this.
    CachingDirectory(Directory& inner, const Clock& clock);

    Result<std::optional<Person>> by_login(const Username& login) override;
    Result<std::optional<Person>> by_uid(Uid uid) override;
    Result<std::vector<Allocation>> allocations_of(const Username& member) override;
    Result<std::optional<Allocation>> allocation(std::string_view group) override;

 private:
    using Found = std::optional<Person>;

    void keep(const Person& person);

    Directory& inner_;
    const Clock& clock_;
    KeptAnswers<std::string, Found> logins_;
    KeptAnswers<std::uint32_t, Found> uids_;
    KeptAnswers<std::string, std::vector<Allocation>> memberships_;
    KeptAnswers<std::string, std::optional<Allocation>> groups_;
};

}  // namespace portal::ldap
