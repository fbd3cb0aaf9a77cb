#include "handlers/sources/robinhood/mysql_storage.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "handlers/sources/robinhood/group_use.h"
#include "handlers/sources/robinhood/spellings.h"
#include "handlers/sources/sql/list.h"
#include "handlers/sources/sql/session.h"
#include "handlers/sources/sql/statement.h"
#include "sql/robinhood_queries.h"

namespace portal::robinhood {
namespace {

constexpr std::uint64_t kBlock = 512;  // bytes
/// Rows that are read by one statement over all of a table.
constexpr std::uint64_t kAtOnce = 8'192;

/// A number of blocks that is too large for bytes stays too large.
Bytes blocks(std::uint64_t count) {
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    return {count > kMost / kBlock ? kMost : count * kBlock};
}

OwnerRow read_row(const sql::Row& row) {
    return {.group = row.bytes("group_name"),
            .user = row.bytes("user_name"),
            .project = {row.u64("project_inodes"), blocks(row.u64("project_blocks"))},
            .disk = {row.u64("disk_inodes"), blocks(row.u64("disk_blocks"))},
            .tape = {row.u64("tape_inodes"), {row.u64("tape_bytes")}}};
}

struct ColumnRow {
    std::string name;
    std::string type;
};

ColumnRow read_column(const sql::Row& row) {
    return {row.bytes("name"), row.bytes("type")};
}

/// int, bigint ...
bool is_number(const std::string& type) {
    return type.find("int") != std::string::npos || type == "decimal";
}

SourceError no_database(const std::string& file_system) {
    return {SourceId::Robinhood, Fault::Rejected, file_system + ": no such database"};
}

}  // namespace

/// The database of one file system, with its own breaker.
class MysqlStorage::Database {
 public:
    Database(const Settings& settings, const SourceTerms& terms)
        : name_(settings.name), session_(settings, SourceId::Robinhood, terms) {}

    [[nodiscard]] const std::string& name() const { return name_; }

    /// What the groups have there.
    Result<GroupUses> use_of(const std::vector<std::string>& groups) {
        if (groups.empty()) return GroupUses{};
        const auto rows = asked([&] { return read(spellings_of(groups)); });
        if (!rows.ok()) return rows.error();
        return group_uses(groups, rows.value());
    }

    /// What everybody has there.
    Result<OwnerSums> sums() {
        return asked([&] { return read_all(); });
    }

 private:
    [[nodiscard]] SourceError error(Fault fault, const std::string& detail) const {
        return {SourceId::Robinhood, fault, name_ + ": " + detail};
    }

    /// What `read` reads, as one question.
    template <class Read>
    auto asked(Read read) -> decltype(read()) {
        numbers_ = false;
        auto answer = session_.together(read);
        if (!answer.ok()) return error(answer.error().fault, answer.error().detail);
        if (numbers_) return error(Fault::Malformed, "groups are numbers (uid_gid_as_numbers)");
        return answer;
    }

    /// Learns once for each connection whether the table knows of an HSM and of names.
    std::optional<SourceError> ready() {
        if (auto failed = session_.connect()) return failed;
        if (known_connection_ == session_.connections()) return std::nullopt;
        const auto columns =
            session_.read(statements_.make(queries::robinhood::kColumns), {}, read_column);
        if (!columns.ok()) return columns.error();
        statements_.clear_columns();
        groups_are_numbers_ = false;
        for (const ColumnRow& column : columns.value()) {
            if (column.name == "gid") groups_are_numbers_ = is_number(column.type);
            if (column.name == "lhsm_status") statements_.add_column(column.name);
        }
        known_connection_ = session_.connections();
        return std::nullopt;
    }

    Result<std::vector<OwnerRow>> read(std::span<const std::string> groups) {
        std::vector<OwnerRow> all;
        while (!groups.empty()) {
            if (auto failed = ready()) return std::move(*failed);
            // A name compared with numbers is 0 for the server: everybody would have root's files.
            numbers_ = groups_are_numbers_;
            if (numbers_) return all;
            const auto some =
                groups.first(std::min(groups.size(), sql::StatementMaker::kLongestList));
            const auto values = sql::list_values(some);
            const auto statement =
                statements_.make(queries::robinhood::kUseOfGroups, values.size());
            const auto rows = session_.read(statement, values, read_row);
            if (!rows.ok()) return rows.error();
            all.insert(all.end(), rows.value().begin(), rows.value().end());
            groups = groups.subspan(some.size());
        }
        return all;
    }

    /// All rows, some at a time, so that they need not all be held.
    Result<OwnerSums> read_all() {
        if (auto failed = ready()) return std::move(*failed);
        numbers_ = groups_are_numbers_;
        if (numbers_) return OwnerSums{};
        OwnerAdder adder;
        OwnerRow last;
        for (std::uint64_t count = 0; count <= kMostOwners;) {
            const auto rows = session_.read(
                statements_.make(queries::robinhood::kUseOfAll),
                {std::uint64_t{count == 0}, last.user, last.user, last.group, kAtOnce}, read_row);
            if (!rows.ok()) return rows.error();
            for (const OwnerRow& row : rows.value()) adder.add(row);
            count += rows.value().size();
            if (rows.value().size() < kAtOnce && count <= kMostOwners) return adder.take();
            last = rows.value().back();
        }
        return SourceError{
            SourceId::Robinhood, Fault::TooLong,
            "more than " + std::to_string(kMostOwners) + " pairs of owner and group"};
    }

    std::string name_;
    sql::Session session_;
    sql::StatementMaker statements_;
    std::uint64_t known_connection_ = 0;
    bool groups_are_numbers_ = false;  ///< of that connection's table
    bool numbers_ = false;             ///< so nothing was read
};

MysqlStorage::MysqlStorage(const std::vector<Settings>& settings, const CurrentRequest& request,
                           const Breakers& breakers)
    : request_(request) {
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const SourceTerms terms{part_, &breakers.at(i)};
        databases_.push_back(std::make_unique<Database>(settings[i], terms));
    }
}

MysqlStorage::~MysqlStorage() = default;

MysqlStorage::Database* MysqlStorage::find(std::string_view file_system) {
    const auto found =
        std::find_if(databases_.begin(), databases_.end(),
                     [&](const auto& database) { return database->name() == file_system; });
    return found == databases_.end() ? nullptr : found->get();
}

std::vector<Result<GroupUses>> MysqlStorage::use_of(const std::vector<Wanted>& wanted) {
    std::vector<Result<GroupUses>> answers;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Database* const database = find(wanted[i].file_system);
        if (database == nullptr) {
            answers.emplace_back(no_database(wanted[i].file_system));
            continue;
        }
        // A database that hangs must leave time for those after it, and for the page.
        take_part(wanted.size() - i + 1);
        answers.push_back(database->use_of(wanted[i].groups));
    }
    return answers;
}

Result<OwnerSums> MysqlStorage::sums_of(const std::string& file_system) {
    Database* const database = find(file_system);
    if (database == nullptr) return no_database(file_system);
    take_part(2);
    return database->sums();
}

/// From here on a database may take one of so many parts of the time that is left.
void MysqlStorage::take_part(std::size_t parts) {
    const Deadline& whole = request_.deadline;
    part_ = {request_.number, whole.capped(whole.left() / static_cast<Milliseconds::rep>(parts))};
}

}  // namespace portal::robinhood
