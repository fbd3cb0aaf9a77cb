#include "tests/integration/slurm_database.h"

#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "tests/integration/lab.h"

namespace portal::test {
namespace {

constexpr const char* kPassword = "only for tests";

std::unique_ptr<::sql::Connection> connect_as_root() {
    return std::unique_ptr<::sql::Connection>(get_driver_instance()->connect(
        "unix://" + lab_variable("LAB_DATABASE_ROOT_SOCKET"), "root", ""));
}

/// A name that no other database of this process has.
std::string new_name() {
    static int made = 0;
    return "portal_test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
}

/// One that has ended by itself meanwhile is no error.
void end_connection(::sql::Statement& statement, const std::string& id) {
    constexpr int kNoSuchThread = 1094;
    try {
        statement.execute("kill " + id);
    } catch (const ::sql::SQLException& error) {
        if (error.getErrorCode() != kNoSuchThread) throw;
    }
}

std::string file_text(const std::string& name) {
    std::ifstream file(std::string(PORTAL_SCHEMAS) + "/" + name + ".sql");
    if (!file) throw std::runtime_error("no file " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

SlurmDatabase::SlurmDatabase(const std::string& release)
    : name_(new_name()), root_(connect_as_root()) {
    run("drop database if exists " + name_ + "; create database " + name_ +
        " default charset latin1;");
    root_->setSchema(name_);
    run("create or replace user " + reader() + " identified by '" + kPassword +
        "'; grant select on " + name_ + ".* to " + reader() + ";");
    if (release.empty()) return;
    run_file("tables");
    run_file("rows");
    run_file(release);
}

/// The account has the database's name, so that tests side by side have accounts of their own.
std::string SlurmDatabase::reader() const {
    return name_ + "@'127.0.0.1'";
}

SlurmDatabase::~SlurmDatabase() {
    try {
        run("drop database " + name_ + "; drop user " + reader() + ";");
    } catch (const ::sql::SQLException&) {
        root_.reset();
    }
}

slurm::Settings SlurmDatabase::settings() const {
    slurm::Settings settings;
    settings.host = lab_variable("LAB_DATABASE_HOST");
    settings.port = lab_port("LAB_DATABASE_PORT");
    settings.database = name_;
    settings.cluster = "narval";
    settings.user = name_;
    settings.password.value = kPassword;
    return settings;
}

void SlurmDatabase::run(const std::string& statements, const std::string& charset) {
    const std::unique_ptr<::sql::Statement> statement(root_->createStatement());
    statement->execute("set names " + charset);
    for (std::size_t begin = 0; begin < statements.size();) {
        const auto end = std::min(statements.find(';', begin), statements.size());
        const std::string one = statements.substr(begin, end - begin);
        if (one.find_first_not_of(" \n") != std::string::npos) statement->execute(one);
        begin = end + 1;
    }
}

void SlurmDatabase::run_file(const std::string& name) {
    run(file_text(name));
}

void SlurmDatabase::kill_readers() {
    const std::unique_ptr<::sql::Statement> statement(root_->createStatement());
    const std::unique_ptr<::sql::ResultSet> rows(statement->executeQuery(
        "select id from information_schema.processlist where user = '" + name_ + "'"));
    std::vector<std::string> ids;
    while (rows->next()) ids.push_back(rows->getString(1));
    for (const std::string& id : ids) end_connection(*statement, id);
}

}  // namespace portal::test
