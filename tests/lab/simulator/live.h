#pragma once

#include <string>

namespace portal::simulator {

struct LiveOptions {
    std::string state;     ///< folder that history wrote
    std::string listen;    ///< HOST:PORT
    std::string database;  ///< HOST:PORT/NAME, empty = no rows are written
    std::string user;
    std::string password_file;  ///< first line is the password
};

/// Goes on living where the history ended: serves /JOB/HOST/metrics of every exporter, starts and
/// ends jobs as time goes by. Returns after SIGTERM or SIGINT. Throws std::runtime_error.
void run_live(const LiveOptions& options);

}  // namespace portal::simulator
