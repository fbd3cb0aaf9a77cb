// insert_floor HOST PORT USER DATABASE ROWS BYTES: what storing scripts costs at least. Inserts
// rows one by one over one connection by the connector that the portal uses, each committed by
// itself, and prints rows a second. The password comes from MYSQL_PWD.
#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

int main(int count, char** words) {
    if (count != 7) return 2;
    const char* password = std::getenv("MYSQL_PWD");
    const std::unique_ptr<sql::Connection> connection(
        get_driver_instance()->connect(std::string("tcp://") + words[1] + ":" + words[2], words[3],
                                       password == nullptr ? "" : password));
    connection->setSchema(words[4]);
    const int rows = std::atoi(words[5]);
    std::string script(static_cast<std::size_t>(std::atoi(words[6])), 'x');
    const std::unique_ptr<sql::PreparedStatement> insert(connection->prepareStatement(
        "insert into job_script (id_job, digest, first_stored, last_stored, source, script) "
        "values (?, unhex(sha2(?, 256)), now(6), now(6), 'floor', ?)"));
    const auto begin = std::chrono::steady_clock::now();
    for (int row = 0; row < rows; ++row) {
        const std::string name = std::to_string(row);
        script.replace(0, name.size(), name);
        insert->setUInt64(1, 3'900'000'000U + static_cast<unsigned>(row));
        insert->setString(2, name);
        insert->setString(3, script);
        insert->executeUpdate();
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    std::cout << rows / spent.count() << '\n';
    return 0;
}
