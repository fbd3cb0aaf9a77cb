#include "handlers/sources/sql/session.h"

#include <cppconn/connection.h>
#include <cppconn/datatype.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "fcgi/base/log.h"
#include "fcgi/base/overloaded.h"
#include "handlers/sources/socket_guard.h"
#include "sql/server_queries.h"

namespace portal::sql {
namespace {

using Milliseconds = Deadline::Milliseconds;

// Error numbers of the client library and of the server.
constexpr int kStatementTimeMariaDb = 1969;
constexpr int kStatementTimeMySql = 3024;
constexpr int kClientErrors = 2000;
constexpr int kClientErrorsEnd = 3000;
constexpr int kServerGone = 2006;
constexpr int kServerLost = 2013;
constexpr int kOutOfSync = 2014;
constexpr int kTlsFailed = 2026;
constexpr int kMalformedPacket = 2027;
constexpr int kServerLostExtended = 2055;
constexpr int kShutdown = 1053;
constexpr int kKilled = 1927;
constexpr int kDeadlock = 1213;

bool is_lost(int code) {
    return code == kServerGone || code == kServerLost || code == kServerLostExtended ||
           code == kOutOfSync || code == kMalformedPacket || code == kShutdown || code == kKilled;
}

Fault fault_of(int code) {
    if (code == kStatementTimeMariaDb || code == kStatementTimeMySql) return Fault::TooLong;
    if (code == kMalformedPacket || code == kOutOfSync) return Fault::Malformed;
    if (code == kTlsFailed) return Fault::Rejected;
    const bool of_client = code >= kClientErrors && code < kClientErrorsEnd;
    return of_client || is_lost(code) ? Fault::Unreachable : Fault::Rejected;
}

/// Whole seconds that hold the time: the library knows no smaller unit.
int whole_seconds(Milliseconds time) {
    return static_cast<int>(std::max<Milliseconds::rep>(1, (time.count() + 999) / 1000));
}

std::string address(const std::string& host) {
    if (!host.empty() && host[0] == '/') return "unix://" + host;
    return host.find(':') == std::string::npos ? "tcp://" + host : "tcp://[" + host + "]";
}

/// A mistake of ours, such as a column that the statement does not have.
[[noreturn]] void our_mistake(const ::sql::SQLException& error) {
    throw std::logic_error(std::string("sql: ") + error.what());
}

std::int64_t milliseconds_since(Deadline::SteadyTime start) {
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start)
        .count();
}

}  // namespace

bool Row::is_null(const char* column) const try {
    return rows_.isNull(column);
} catch (const ::sql::SQLException& error) {
    our_mistake(error);
}

std::uint64_t Row::u64(const char* column) const try {
    return rows_.isNull(column) ? 0 : rows_.getUInt64(column);
} catch (const ::sql::SQLException& error) {
    our_mistake(error);
}

std::uint32_t Row::u32(const char* column) const {
    const std::uint64_t value = u64(column);
    if (value > std::numeric_limits<std::uint64_t>::max() / 2) return 0;
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

double Row::number(const char* column) const try {
    return rows_.isNull(column) ? 0 : static_cast<double>(rows_.getDouble(column));
} catch (const ::sql::SQLException& error) {
    our_mistake(error);
}

std::string Row::bytes(const char* column) const try {
    if (rows_.isNull(column)) return {};
    return rows_.getString(column).asStdString();
} catch (const ::sql::SQLException& error) {
    our_mistake(error);
}

Session::Session(SessionSettings settings, SourceId source, const SourceTerms& terms)
    : settings_(std::move(settings)), source_(source), gate_(terms, source, settings_.timeout) {
    gate_.probe_with([this](Milliseconds time) { return probe(time); });
}

Session::~Session() {
    close();
}

void Session::close() {
    // Closing says goodbye to the server, which may hang as well.
    const SocketGuard guard(socket_, Deadline::in(Milliseconds{50}));
    try {
        prepared_.clear();
        connection_.reset();
    } catch (const std::exception& error) {
        log::write(log::Level::Debug, "sql_close", {{"error", error.what()}});
    }
    socket_ = -1;
}

SourceError Session::error(Fault fault, std::string detail) const {
    return {source_, fault, std::move(detail)};
}

void Session::open(Milliseconds time) {
    ::sql::ConnectOptionsMap options;
    options["hostName"] = ::sql::SQLString(address(settings_.host));
    options["port"] = static_cast<int>(settings_.port);
    options["userName"] = ::sql::SQLString(settings_.user);
    options["password"] = ::sql::SQLString(settings_.password.value);
    options["schema"] = ::sql::SQLString(settings_.database);
    options["OPT_CHARSET_NAME"] = ::sql::SQLString(settings_.charset);
    options["OPT_CONNECT_TIMEOUT"] = whole_seconds(settings_.timeout);
    options["OPT_READ_TIMEOUT"] = whole_seconds(settings_.timeout);
    options["OPT_WRITE_TIMEOUT"] = whole_seconds(settings_.timeout);
    if (!settings_.tls_ca_file.empty()) {
        options["sslCA"] = ::sql::SQLString(settings_.tls_ca_file);
        options["sslVerify"] = true;
    }
    const SocketGuard guard(gate_.deadline().capped(time));
    try {
        connection_.reset(get_driver_instance()->connect(options));
        const std::unique_ptr<::sql::PreparedStatement> set(
            connection_->prepareStatement(queries::server::kSession.text));
        set->setDouble(1, static_cast<double>(settings_.timeout.count()) * kTimeOfServer / 1000);
        set->executeUpdate();
        socket_ = guard.opened();
        ++connections_;
    } catch (const ::sql::SQLException&) {
        connection_.reset();
        if (guard.fired()) throw std::runtime_error("time over while connecting");
        throw;
    }
}

std::optional<SourceError> Session::connect() {
    return connect(settings_.timeout);
}

std::optional<SourceError> Session::connect(Milliseconds time) {
    if (connection_) return std::nullopt;
    if (auto refused = gate_.refusal()) return refused;
    const auto start = std::chrono::steady_clock::now();
    SourceError failed;
    try {
        open(time);
        log::write(log::Level::Debug, "sql_connect", {{"ms", milliseconds_since(start)}});
        return std::nullopt;
    } catch (const ::sql::SQLException& failure) {
        const bool late = milliseconds_since(start) >= time.count();
        failed = error(late ? Fault::Timeout : fault_of(failure.getErrorCode()), failure.what());
    } catch (const std::runtime_error& failure) {
        failed = error(Fault::Timeout, failure.what());
    }
    gate_.give_up(failed);
    return failed;
}

::sql::PreparedStatement& Session::prepared(const Statement& statement) {
    auto& kept = prepared_[statement.text];
    if (!kept) kept.reset(connection_->prepareStatement(statement.text));
    return *kept;
}

::sql::PreparedStatement& Session::bound(const Statement& statement,
                                         const std::vector<Value>& values) {
    ::sql::PreparedStatement& ready = prepared(statement);
    unsigned position = 0;
    for (const Value& value : values) {
        ++position;
        std::visit(
            Overloaded{[&](std::uint64_t number) { ready.setUInt64(position, number); },
                       [&](const std::string& text) { ready.setString(position, text); },
                       [&](double number) { ready.setDouble(position, number); },
                       [&](std::monostate) { ready.setNull(position, ::sql::DataType::SQLNULL); }},
            value);
    }
    return ready;
}

std::uint64_t Session::execute(const Statement& statement, const std::vector<Value>& values,
                               const Each& each) {
    const std::unique_ptr<::sql::ResultSet> rows(bound(statement, values).executeQuery());
    const Row row(*rows);
    std::uint64_t count = 0;
    for (; rows->next(); ++count) each(row);
    return count;
}

Result<std::uint64_t> Session::write(const Statement& statement, const std::vector<Value>& values,
                                     Repeat repeat) {
    return gate_.call([&]() -> Result<std::uint64_t> {
        std::uint64_t changed = 0;
        const auto attempt = [&] {
            changed = static_cast<std::uint64_t>(bound(statement, values).executeUpdate());
            return changed;
        };
        if (auto failed = run(statement, attempt, repeat)) return std::move(*failed);
        return changed;
    });
}

std::optional<Session::Failure> Session::try_once(const Statement& statement,
                                                  const Attempt& attempt) {
    if (auto failed = connect()) return Failure{std::move(*failed), false, true, false};
    const auto start = std::chrono::steady_clock::now();
    const SocketGuard guard(socket_, gate_.deadline().capped(settings_.timeout));
    try {
        const std::uint64_t rows = attempt();
        log::write(
            log::Level::Debug, "sql",
            {{"statement", statement.name}, {"ms", milliseconds_since(start)}, {"rows", rows}});
        return std::nullopt;
    } catch (const ::sql::SQLException& failure) {
        const int code = failure.getErrorCode();
        if (code == 0 && !guard.fired()) our_mistake(failure);
        const bool late = guard.fired() ||
                          (is_lost(code) && milliseconds_since(start) >= settings_.timeout.count());
        const Fault fault = late ? Fault::Timeout : fault_of(code);
        return Failure{error(fault, statement.name + ": " + failure.what()), is_lost(code) && !late,
                       late || is_lost(code), code == kDeadlock};
    }
}

std::optional<SourceError> Session::probe(Milliseconds time) {
    if (auto failed = connect(time)) return failed;
    const SocketGuard guard(socket_, gate_.deadline().capped(time));
    try {
        const std::unique_ptr<::sql::PreparedStatement> ask(
            connection_->prepareStatement(queries::server::kAlive.text));
        const std::unique_ptr<::sql::ResultSet> answer(ask->executeQuery());
        return std::nullopt;
    } catch (const ::sql::SQLException& failure) {
        const Fault fault = guard.fired() ? Fault::Timeout : fault_of(failure.getErrorCode());
        SourceError failed = error(fault, std::string("probe: ") + failure.what());
        close();
        return failed;
    }
}

std::optional<SourceError> Session::run(const Statement& statement, const Attempt& attempt,
                                        Repeat repeat) {
    const bool was_open = connection_ != nullptr;
    auto failure = try_once(statement, attempt);
    const bool ended = failure && ends_transaction(*failure);
    const bool again = !ended && failure && repeat == Repeat::Harmless && failure->lost && was_open;
    if (again) close();
    if (again || (!ended && failure && failure->undone)) failure = try_once(statement, attempt);
    if (!failure) return std::nullopt;
    // What the server ended by itself left the connection as it was.
    if (failure->error.fault != Fault::TooLong) close();
    if (failure->away && !undone_) gate_.give_up(failure->error);
    return failure->error;
}

bool Session::ends_transaction(const Failure& failure) {
    if (attempt_ == Attempts::None) return false;
    undone_ = attempt_ == Attempts::First && (failure.undone || (failure.lost && was_open_));
    return true;
}

Session::Transaction::Transaction(Session& session, Attempts attempt) : session_(session) {
    session.was_open_ = session.connection_ != nullptr;
    session.attempt_ = attempt;
    session.undone_ = false;
    const auto begun =
        session.write(plain(queries::server::kTransactionBegin),
                      {static_cast<std::uint64_t>(kIdleTransaction.count())}, Repeat::Harmless);
    if (!begun.ok()) refused = begun.error();
}

Session::Transaction::~Transaction() {
    session_.attempt_ = Attempts::None;
    if (!finished_) session_.close();
}

std::optional<SourceError> Session::Transaction::finish() {
    const auto ended =
        session_.write(plain(queries::server::kTransactionEnd), {}, Repeat::Harmless);
    finished_ = ended.ok();
    return finished_ ? std::nullopt : std::optional(ended.error());
}

}  // namespace portal::sql
