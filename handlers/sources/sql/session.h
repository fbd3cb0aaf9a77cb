#pragma once

// handlers/sources/sql is the one way to a SQL database: connections, statements with their few
// substitutions, rows; and how its settings are read (keys.h). May include fcgi/base, fcgi/config,
// what all sources share, and sql/; knows no table of any source. The headers of MySQL
// Connector/C++ stay in session.cpp.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/time.h"
#include "handlers/sources/gate.h"
#include "handlers/sources/sql/settings.h"
#include "handlers/sources/sql/statement.h"

// Classes of MySQL Connector/C++, whose headers only session.cpp knows.
namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace portal::sql {

/// One value bound to a placeholder; nothing is NULL.
using Value = std::variant<std::uint64_t, std::string, double, std::monostate>;

/// One row of an answer, columns by name; valid only inside the function it is passed to. A name
/// the statement does not have is a mistake of ours: std::logic_error.
class Row {
 public:
    explicit Row(const ::sql::ResultSet& rows) : rows_(rows) {}

    [[nodiscard]] bool is_null(const char* column) const;
    /// 0 if NULL. A negative number reads as 0, one past 32 bits as 4294967295.
    [[nodiscard]] std::uint32_t u32(const char* column) const;
    /// 0 if NULL.
    [[nodiscard]] std::uint64_t u64(const char* column) const;
    /// 0 if NULL.
    [[nodiscard]] double number(const char* column) const;
    /// The bytes as the server sent them; empty if NULL.
    [[nodiscard]] std::string bytes(const char* column) const;

 private:
    const ::sql::ResultSet& rows_;
};

/// May a statement that writes run a second time, when nobody knows whether it ran a first time?
enum class Repeat {
    Never,    ///< the connection broke: an error, and perhaps it was done
    Harmless  ///< doing it twice is the same as doing it once
};

/// How long a client may leave a transaction alone.
inline constexpr Seconds kIdleTransaction{10};

/// One connection to a database in UTC, with its prepared statements; made when first needed, and
/// again after it broke. For one thread. Each statement commits by itself. What reads may run
/// twice. Calls keep to `terms`: they end by the request's deadline, and a server that did not
/// answer in time is not called again within one request.
class Session {
 public:
    /// `source` is named in the errors.
    Session(SessionSettings settings, SourceId source, const SourceTerms& terms = {});
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Several statements as one question to the server: the breaker counts and judges them once.
    /// `ask` returns a Result.
    template <class Ask>
    auto together(Ask ask) -> decltype(ask()) {
        return gate_.call(std::move(ask));
    }

    /// Several statements that are committed together, or none of them: `ask` returns a Result, and
    /// an error undoes what it did. It runs once more if the server undid it (a deadlock), or if
    /// the connection broke, so doing it twice must be the same as doing it once. A transaction in
    /// which nothing happens for kIdleTransaction is ended by the server.
    template <class Ask>
    auto at_once(Ask ask) -> decltype(ask()) {
        return gate_.call([&]() -> decltype(ask()) {
            auto result = try_at_once(ask, Attempts::First);
            if (!result.ok() && undone_) return try_at_once(ask, Attempts::Last);
            return result;
        });
    }

    /// Runs a statement and maps its rows. Errs with any Fault.
    template <class Map>
    [[nodiscard]] auto read(const Statement& statement, const std::vector<Value>& values, Map map)
        -> Result<std::vector<decltype(map(std::declval<const Row&>()))>> {
        using Mapped = std::vector<decltype(map(std::declval<const Row&>()))>;
        return gate_.call([&]() -> Result<Mapped> {
            Mapped mapped;
            const auto attempt = [&] {
                mapped.clear();
                return execute(statement, values,
                               [&](const Row& row) { mapped.push_back(map(row)); });
            };
            auto error = run(statement, attempt, Repeat::Harmless);
            if (error) return std::move(*error);
            return mapped;
        });
    }

    /// Runs a statement that writes; when this returns rows, they are committed. The count is the
    /// server's: 1 for a row inserted, 2 for one that `on duplicate key update` changed. Errs with
    /// any Fault; whether it was done is then not known. One that the server rolled back (a
    /// deadlock) runs once more in any case.
    [[nodiscard]] Result<std::uint64_t> write(const Statement& statement,
                                              const std::vector<Value>& values, Repeat repeat);

    /// Counts the connections made so far: what was learned about a server's tables holds for one
    /// connection.
    [[nodiscard]] std::uint64_t connections() const { return connections_; }
    /// Makes a connection if there is none. Empty if there is one now.
    [[nodiscard]] std::optional<SourceError> connect();
    /// Drops the connection and all that belongs to it.
    void close();

 private:
    /// Which attempt at a transaction is under way, if any.
    enum class Attempts { None, First, Last };

    /// Without finish() it ends with the connection, which undoes it.
    class Transaction {
     public:
        Transaction(Session& session, Attempts attempt);
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        [[nodiscard]] std::optional<SourceError> finish();

        std::optional<SourceError> refused;  ///< it could not be begun

     private:
        Session& session_;
        bool finished_ = false;
    };

    template <class Ask>
    auto try_at_once(Ask& ask, Attempts attempt) -> decltype(ask()) {
        Transaction transaction(*this, attempt);
        if (transaction.refused) return *transaction.refused;
        auto result = ask();
        if (!result.ok()) return result;
        if (auto failed = transaction.finish()) return std::move(*failed);
        return result;
    }

    using Each = std::function<void(const Row&)>;
    /// What is run and, if need be, run again; counts its rows.
    using Attempt = std::function<std::uint64_t()>;
    /// An attempt that failed; `lost` if the connection broke, so that a new one may do better;
    /// `away` if the server said nothing, so that asking for something else is no use either;
    /// `undone` if the server rolled it back.
    struct Failure {
        SourceError error;
        bool lost = false;
        bool away = false;
        bool undone = false;
    };

    std::optional<SourceError> run(const Statement& statement, const Attempt& attempt,
                                   Repeat repeat);
    /// True if it is no use to try a statement again within this transaction.
    [[nodiscard]] bool ends_transaction(const Failure& failure);
    std::optional<Failure> try_once(const Statement& statement, const Attempt& attempt);
    ::sql::PreparedStatement& bound(const Statement& statement, const std::vector<Value>& values);
    std::uint64_t execute(const Statement& statement, const std::vector<Value>& values,
                          const Each& each);
    [[nodiscard]] std::optional<SourceError> connect(Deadline::Milliseconds time);
    void open(Deadline::Milliseconds time);
    /// Asks for nothing, to see whether the server answers within this time.
    [[nodiscard]] std::optional<SourceError> probe(Deadline::Milliseconds time);
    ::sql::PreparedStatement& prepared(const Statement& statement);
    [[nodiscard]] SourceError error(Fault fault, std::string detail) const;

    SessionSettings settings_;
    SourceId source_;
    Gate gate_;
    std::uint64_t connections_ = 0;
    Attempts attempt_ = Attempts::None;
    bool was_open_ = false;  ///< before the transaction
    bool undone_ = false;    ///< it may do better if it is tried again
    int socket_ = -1;
    std::unique_ptr<::sql::Connection> connection_;
    std::map<std::string, std::unique_ptr<::sql::PreparedStatement>> prepared_;
};

}  // namespace portal::sql
