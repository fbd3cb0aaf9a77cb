#pragma once

#include <memory>
#include <string>

#include "handlers/sources/slurm/settings.h"

namespace sql {
class Connection;
}

namespace portal::test {

/// A private database in the lab's MariaDB with Slurm's tables of one release and a few rows of
/// every kind (slurm_schema/rows.sql); dropped at the end.
class SlurmDatabase {
 public:
    /// `release` is the name of a file in slurm_schema, such as "22.05"; empty: no tables at all.
    explicit SlurmDatabase(const std::string& release);
    ~SlurmDatabase();
    SlurmDatabase(const SlurmDatabase&) = delete;
    SlurmDatabase& operator=(const SlurmDatabase&) = delete;

    /// How an account that may only read gets there.
    [[nodiscard]] slurm::Settings settings() const;
    /// Runs statements as the database's administrator. `charset` is what the text is sent in.
    void run(const std::string& statements, const std::string& charset = "utf8mb4");
    /// Ends every connection of the reading account.
    void kill_readers();

 private:
    void run_file(const std::string& name);
    [[nodiscard]] std::string reader() const;

    std::string name_;
    std::unique_ptr<::sql::Connection> root_;
};

}  // namespace portal::test
