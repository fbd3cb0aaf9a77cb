#include "live_rows.h"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "rows.h"

namespace portal::simulator {
namespace {

constexpr std::size_t kMostWaiting = 5000;
constexpr std::chrono::seconds kRetry{10};

/// "column=VALUES(column),…" for all columns but the row's number.
std::string updates() {
    std::string text;
    std::size_t from = kJobColumns.find(',') + 1;
    while (from < kJobColumns.size()) {
        const std::size_t to = std::min(kJobColumns.find(',', from), kJobColumns.size());
        const std::string name(kJobColumns.substr(from, to - from));
        text += (text.empty() ? "" : ",") + name + "=VALUES(" + name + ')';
        from = to + 1;
    }
    return text;
}

}  // namespace

LiveRows::LiveRows(const LiveOptions& options, const Settings& settings)
    : options_(options),
      settings_(settings),
      cluster_(build_cluster(settings.cluster, scale_named(settings.size))) {
    if (options_.database.empty()) return;
    std::ifstream file(options_.password_file);
    if (!std::getline(file, password_)) {
        throw std::runtime_error("cannot read " + options_.password_file);
    }
}

LiveRows::~LiveRows() = default;

void LiveRows::changed(const Job& job, UnixTime at) {
    if (options_.database.empty() || at <= settings_.now) return;
    waiting_.push_back(job);
    if (waiting_.size() > kMostWaiting) waiting_.pop_front();
}

void LiveRows::flush() {
    if (waiting_.empty() || std::chrono::steady_clock::now() < retry_) return;
    try {
        if (!connection_) connect();
        while (!waiting_.empty()) {
            write(waiting_.front());
            waiting_.pop_front();
        }
        away_ = false;
    } catch (const sql::SQLException& error) {
        if (!away_) std::cerr << "portal-sim: database: " << error.what() << '\n';
        away_ = true;
        connection_.reset();
        retry_ = std::chrono::steady_clock::now() + kRetry;
    }
}

void LiveRows::connect() {
    const std::size_t slash = options_.database.find('/');
    sql::ConnectOptionsMap properties;
    properties["hostName"] = sql::SQLString("tcp://" + options_.database.substr(0, slash));
    properties["userName"] = sql::SQLString(options_.user);
    properties["password"] = sql::SQLString(password_);
    properties["schema"] = sql::SQLString(options_.database.substr(slash + 1));
    properties["OPT_CONNECT_TIMEOUT"] = 2;
    properties["OPT_READ_TIMEOUT"] = 3;
    properties["OPT_WRITE_TIMEOUT"] = 3;
    connection_.reset(sql::mysql::get_driver_instance()->connect(properties));
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute("SET NAMES utf8mb4");
}

void LiveRows::write(const Job& job) {
    static const std::string kUpdates = updates();
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    const std::string table = settings_.cluster + "_job_table";
    const std::string row = job.row == 0 ? "NULL" : std::to_string(job.row);
    statement->execute("INSERT INTO " + table + " (" + std::string(kJobColumns) + ") VALUES " +
                       job_values(job, cluster_, settings_, row) + " ON DUPLICATE KEY UPDATE " +
                       kUpdates);
    const std::unique_ptr<sql::ResultSet> found(statement->executeQuery(
        "SELECT job_db_inx FROM " + table + " WHERE id_job=" + std::to_string(job.id) +
        " AND time_submit=" + std::to_string(job.submit)));
    if (!found->next()) return;
    const std::string steps =
        step_values(job, std::max(job.start, job.end), found->getString(1).asStdString());
    if (steps.empty()) return;
    statement->execute("REPLACE INTO " + settings_.cluster + "_step_table (" +
                       std::string(kStepColumns) + ") VALUES " + steps);
}

}  // namespace portal::simulator
