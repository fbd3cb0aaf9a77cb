#pragma once

// handlers/sources/robinhood is Robinhood's databases, one for each file system: the interface for
// handlers (this file), and its implementation over SQL. May include fcgi/base,
// handlers/sources/sql and the statements of sql/robinhood.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal::robinhood {

/// Entries of every type, and what they take.
struct Amount {
    std::uint64_t inodes = 0;
    Bytes bytes;
    auto operator<=>(const Amount&) const = default;
};

/// What one owner has; the name is valid UTF-8, whatever bytes it had.
struct OwnerAmount {
    std::string user;
    std::optional<Amount> amount;  ///< empty: not known, the database holds an impossible number
};

/// One kind of a group's entries: all of them with those of root, and by owner, without root and
/// without owners who have next to nothing; most bytes first, those not known last.
struct Part {
    Amount total;
    std::vector<OwnerAmount> owners;
    std::vector<std::string> left_out{};  ///< owners not in the total: what they have is not known
};

/// What a group has on one file system. Bytes on disk are what the blocks take, bytes on tape are
/// sizes.
struct GroupUse {
    std::string group;
    Part project;  ///< not known to the HSM, or no copy of it on tape yet
    Part disk;     ///< known to the HSM, and on disk
    Part tape;     ///< on tape only
};

/// The groups to look up on one file system.
struct Wanted {
    std::string file_system;  ///< as in [robinhood NAME]
    std::vector<std::string> groups;
};

/// One GroupUse for each wanted group, in their order; zeros for one that has nothing there.
using GroupUses = std::vector<GroupUse>;

/// Pairs of an owner and a group on one file system that are still read as a whole.
inline constexpr std::uint64_t kMostOwners = 100'000;

/// What an owner, or a group, has on a whole file system; a group with the files of root. Empty:
/// not known, the database holds an impossible number for at least one part of it.
struct OwnerSum {
    std::string name;  ///< valid UTF-8
    std::optional<Amount> project;
    std::optional<Amount> nearline;  ///< on disk and on tape
};

/// Everybody who has something on a file system, or of whom it is not known; each once, by name.
/// Root is not among the people.
struct OwnerSums {
    std::vector<OwnerSum> people;
    std::vector<OwnerSum> groups;
};

/// The Robinhood databases of the site, one for each file system, read only. Source: ACCT_STAT.
class Storage {
 public:
    virtual ~Storage() = default;

    /// Answers in the order of what is wanted, one statement each. A file system that errs (with
    /// any Fault) leaves the others alone: each is waited for at most its part of the time left.
    virtual std::vector<Result<GroupUses>> use_of(const std::vector<Wanted>& wanted) = 0;

    /// Everybody's sums on a file system, in one statement, which reads all of the table: for what
    /// works in the background. TooLong: there are more than kMostOwners pairs of owner and group.
    virtual Result<OwnerSums> sums_of(const std::string& file_system) = 0;
};

}  // namespace portal::robinhood
