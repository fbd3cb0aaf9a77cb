#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portal {

/// A Slurm account as sites with allocations name them: the group of an allocation, with the ending
/// `_cpu` or `_gpu` where it has one account for each.
struct AccountName {
    std::string full;   ///< as in Slurm
    std::string group;  ///< cn of the allocation
    bool gpu = false;   ///< the account that is charged for GPUs

    /// True if everybody of the group has it without asking; `prefix` is the site's (def-),
    /// compared without case.
    [[nodiscard]] bool is_default(std::string_view prefix) const;

    /// What a label `account` may say of it: the name, and in small letters as Slurm keeps names.
    [[nodiscard]] std::vector<std::string> labels() const;
};

/// Reads an account name; empty optional if it cannot be one: 1 to 128 bytes of letters of any
/// alphabet, digits and the marks `-_.@'+~&=:#%!^`, not beginning with `-` or `.`. Spaces, quotes,
/// slashes, commas, brackets and what cannot be seen are not part of one.
[[nodiscard]] std::optional<AccountName> parse_account(std::string_view text);

}  // namespace portal
