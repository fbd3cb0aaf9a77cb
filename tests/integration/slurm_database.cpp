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

constexpr const char* kReader = "portal_test";
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
    run(std::string("create or replace user ") + kReader + "@'127.0.0.1' identified by '" +
        kPassword + "'; grant select on `portal\\_test\\_%`.* to " + kReader + "@'127.0.0.1';");
    if (release.empty()) return;
    run_file("tables");
    run_file("rows");
    run_file(release);
}

SlurmDatabase::~SlurmDatabase() {
    try {
        run("drop database " + name_ + ";");
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
    settings.user = kReader;
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
        std::string("select id from information_schema.processlist where user = '") + kReader +
        "'"));
    std::vector<std::string> ids;
    while (rows->next()) ids.push_back(rows->getString(1));
    for (const std::string& id : ids) statement->execute("kill " + id);
}

}  // namespace portal::test
