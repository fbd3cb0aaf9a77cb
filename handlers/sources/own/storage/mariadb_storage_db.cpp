#include "handlers/sources/own/storage/mariadb_storage_db.h"

#include <algorithm>

#include "handlers/sources/sql/list.h"
#include "sql/portal_queries.h"

namespace portal::database {
namespace {

using sql::plain;
using sql::Repeat;
using sql::Value;

using Sort = HeldBy::Sort;
using Storage = HeldBy::Storage;

/// Most rows that one statement writes; the last ones are written by fewer, in powers of two, so
/// that there are few different statements.
constexpr std::size_t kRowsAtOnce = 128;

/// A number in the column `kind`.
std::uint64_t kind_of(Sort sort, Storage storage) {
    return (sort == Sort::Group ? 2U : 0U) + (storage == Storage::Nearline ? 1U : 0U);
}

StorageCopy read_copy(const sql::Row& row) {
    return {row.u64("id"), row.bytes("file_system"), row.u32("day")};
}

Growth read_growth(const sql::Row& row) {
    return {.name = row.bytes("owner"),
            .then = {row.u64("bytes_then"), row.u64("files_then")},
            .now = {row.u64("bytes_now"), row.u64("files_now")},
            .appeared = row.u32("was") == 0,
            .known = row.u32("unknown") == 0};
}

/// The copies as both statements about growth want them.
std::vector<Value> values_of(const CopyPair& pair) {
    return {pair.then.id, pair.then.id, pair.now.id, pair.now.id,
            pair.then.id, pair.then.id, pair.now.id};
}

void add_values(std::vector<Value>& values, std::uint64_t copy, const Holding& one) {
    values.insert(values.end(), {copy, kind_of(one.by.sort, one.by.storage), one.by.name});
    if (one.held) {
        values.insert(values.end(), {one.held->bytes, one.held->files});
    } else {
        values.insert(values.end(), {std::monostate{}, std::monostate{}});
    }
}

}  // namespace

Result<std::vector<std::uint64_t>> MariadbStorageDb::ids(const sql::Statement& statement,
                                                         const std::vector<Value>& values) {
    return session_.read(statement, values, [](const sql::Row& row) { return row.u64("id"); });
}

Result<std::vector<StorageCopy>> MariadbStorageDb::copies(Day from) {
    return session_.read(plain(queries::own::kStorageCopies), {std::uint64_t{from}}, read_copy);
}

Result<std::vector<Growth>> MariadbStorageDb::growth(const CopyPair& pair, Sort sort) {
    std::vector<Value> values = values_of(pair);
    for (const Storage storage : {Storage::Project, Storage::Nearline}) {
        values.emplace_back(kind_of(sort, storage));
    }
    return session_.read(plain(queries::own::kStorageGrowth), values, read_growth);
}

Result<std::vector<Growth>> MariadbStorageDb::growth_of_groups(
    const CopyPair& pair, Storage storage, std::span<const std::string> groups) {
    if (groups.empty()) return std::vector<Growth>{};
    const std::vector<Value> names = sql::list_values(groups);
    std::vector<Value> values = values_of(pair);
    values.emplace_back(kind_of(Sort::Group, storage));
    values.insert(values.end(), names.begin(), names.end());
    return session_.read(sql::StatementMaker().make(queries::own::kStorageGrowthOf, names.size()),
                         values, read_growth);
}

Result<bool> MariadbStorageDb::keep(const StorageCopy& copy, std::span<const Holding> holdings,
                                    const Lease& lease) {
    return session_.at_once([&]() -> Result<bool> {
        const auto begun = begin_copy(copy, lease);
        if (!begun.ok()) return begun.error();
        if (!begun.value()) {
            // It is there already, or the lease is over.
            const auto term =
                session_.read(plain(queries::own::kLeaseTerm), {lease.name, lease.holder},
                              [](const sql::Row& row) { return row.u64("term"); });
            if (!term.ok()) return term.error();
            return !term.value().empty() && term.value().front() == lease.term;
        }
        const auto found =
            ids(plain(queries::own::kStorageCopyFind), {copy.file_system, std::uint64_t{copy.day}});
        if (!found.ok()) return found.error();
        return add_rows(found.value().at(0), holdings);
    });
}

Result<bool> MariadbStorageDb::begin_copy(const StorageCopy& copy, const Lease& lease) {
    const std::uint64_t day = copy.day;
    const auto begun = session_.write(
        plain(queries::own::kStorageCopyAdd),
        {copy.file_system, day, lease.name, lease.holder, lease.term, copy.file_system, day},
        Repeat::Harmless);
    if (!begun.ok()) return begun.error();
    return begun.value() > 0;
}

Result<bool> MariadbStorageDb::add_rows(std::uint64_t copy, std::span<const Holding> holdings) {
    const sql::StatementMaker maker;
    while (!holdings.empty()) {
        std::size_t count = kRowsAtOnce;
        while (count > holdings.size()) count /= 2;
        std::vector<Value> values;
        for (const Holding& one : holdings.first(count)) add_values(values, copy, one);
        holdings = holdings.subspan(count);
        const auto added = session_.write(maker.make(queries::own::kStorageDayAdd, count), values,
                                          Repeat::Harmless);
        if (!added.ok()) return added.error();
    }
    return true;
}

Result<std::uint64_t> MariadbStorageDb::prune(Day before, const Lease& lease) {
    return session_.at_once([&]() -> Result<std::uint64_t> {
        const auto oldest = ids(plain(queries::own::kStorageCopyOldest),
                                {std::uint64_t{before}, lease.name, lease.holder, lease.term});
        if (!oldest.ok()) return oldest.error();
        if (oldest.value().empty()) return std::uint64_t{0};
        const auto ended = end_copy(oldest.value().front());
        if (!ended.ok()) return ended.error();
        return std::uint64_t{1};
    });
}

Result<bool> MariadbStorageDb::end_copy(std::uint64_t copy) {
    for (const auto* query : {&queries::own::kStorageDayEnd, &queries::own::kStorageCopyEnd}) {
        const auto done = session_.write(plain(*query), {copy}, Repeat::Harmless);
        if (!done.ok()) return done.error();
    }
    return true;
}

}  // namespace portal::database
