#pragma once

#include "handlers/sources/own/settings.h"
#include "tests/integration/slurm_database.h"

namespace portal::test {

/// An empty database in the lab's MariaDB whose account may do everything in it; dropped at the
/// end.
class PortalDatabase : public SlurmDatabase {
 public:
    PortalDatabase() : SlurmDatabase("") {
        const slurm::Settings made = SlurmDatabase::settings();
        run("grant all on " + made.database + ".* to " + made.user + "@'127.0.0.1';");
        settings_.host = made.host;
        settings_.port = made.port;
        settings_.database = made.database;
        settings_.user = made.user;
        settings_.password = made.password;
    }

    [[nodiscard]] const database::Settings& settings() const { return settings_; }

 private:
    database::Settings settings_;
};

}  // namespace portal::test
