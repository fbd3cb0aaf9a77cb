#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "jobs.h"
#include "simulation.h"

namespace portal::simulator {

/// Writes jobs.sql: loading it replaces what an earlier jobs.sql of any run put into the database,
/// and leaves the real Slurm's own rows (ids from 1) alone.
class AccountingFile {
 public:
    /// Opens DIR/jobs.sql and writes accounts, users' associations, TRES and scripts.
    /// Throws std::runtime_error if it cannot.
    AccountingFile(const std::string& folder, const Settings& settings, const Cluster& cluster);
    ~AccountingFile();
    AccountingFile(const AccountingFile&) = delete;
    AccountingFile& operator=(const AccountingFile&) = delete;

    enum class Steps { Without, With };
    /// Adds the row of the job, and its steps.
    void add(const Job& job, Steps steps);
    /// Writes what is left. Throws std::runtime_error if anything could not be written.
    void close();

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
    void write(std::string_view text);
    void write_clean_up();
    void write_people();
    void write_scripts();
    void add_script(const Job& job);
    void flush(std::string& rows, std::string_view table, std::string_view columns);

    const Settings& settings_;
    const Cluster& cluster_;
    std::FILE* file_;
    std::string jobs_;
    std::string steps_;
    std::string scripts_;
    std::uint64_t rows_ = 0;
    std::uint64_t bytes_ = 0;
};

/// Calls add() for the many rows without samples: months of jobs of all people, one of them with a
/// third of all (at least), one with exactly 100.
void add_old_rows(AccountingFile& file, const Settings& settings, const Scale& scale,
                  const Cluster& cluster);

}  // namespace portal::simulator
