#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "handlers/sources/own/summaries/day_db.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::database {

/// Bytes and files of any type.
struct Held {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
    bool operator==(const Held&) const = default;
};

/// Whose something is, and on which of the two storages.
struct HeldBy {
    enum class Sort { Person, Group };
    enum class Storage { Project, Nearline };
    Sort sort = Sort::Person;
    Storage storage = Storage::Project;
    std::string name;
};

/// What somebody has on a file system; empty: not known.
struct Holding {
    HeldBy by;
    std::optional<Held> held;
};

/// The copy of a file system's sums of one day.
struct StorageCopy {
    std::uint64_t id = 0;
    std::string file_system;  ///< as in [robinhood NAME]
    Day day = 0;
};

/// Two copies of one file system, the earlier one first.
struct CopyPair {
    StorageCopy then;
    StorageCopy now;
    [[nodiscard]] Day days() const { return now.day - then.day; }
};

/// How somebody's storage has changed between two copies.
struct Growth {
    std::string name;  ///< valid UTF-8
    Held then;
    Held now;
    bool appeared = false;  ///< had nothing then
    bool known = true;      ///< false: at least one of the copies does not know what they have
};

/// How many days growth is told of.
inline constexpr Day kGrowthDays = 30;
/// Copies that are older than this many days are not looked at.
inline constexpr Day kOldestCopy = 2 * kGrowthDays;

/// Of copies in any order: the newest of a file system; nullptr: there is none.
[[nodiscard]] const StorageCopy* newest_copy(std::span<const StorageCopy> copies,
                                             const std::string& file_system);

/// Of copies in any order: the newest of a file system, and the one that comes closest to
/// kGrowthDays before it. Empty: there are not two.
[[nodiscard]] std::optional<CopyPair> growth_pair(std::span<const StorageCopy> copies,
                                                  const std::string& file_system);

/// Daily copies of what Robinhood adds up. Every function errs with any Fault. Source: tables
/// storage_copy and storage_day.
class StorageDb {
 public:
    virtual ~StorageDb() = default;

    /// The copies of all file systems from a day on, in no order.
    virtual Result<std::vector<StorageCopy>> copies(Day from) = 0;
    /// Those of one sort who have more now, in bytes or files on both storages together, and those
    /// of whom it is not known; in no order.
    virtual Result<std::vector<Growth>> growth(const CopyPair& pair, HeldBy::Sort sort) = 0;
    /// How groups changed on one storage; without those that had nothing both times. In no order.
    virtual Result<std::vector<Growth>> growth_of_groups(const CopyPair& pair,
                                                         HeldBy::Storage storage,
                                                         std::span<const std::string> groups) = 0;

    /// Keeps the copy of a day, all of it or nothing; one that is there stays as it is. Names are
    /// valid UTF-8, each once for a sort and storage. False: the lease is over, nothing was kept.
    virtual Result<bool> keep(const StorageCopy& copy, std::span<const Holding> holdings,
                              const Lease& lease) = 0;
    /// Removes the oldest copy before a day; how many were removed.
    virtual Result<std::uint64_t> prune(Day before, const Lease& lease) = 0;
};

}  // namespace portal::database
