#pragma once

#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"

namespace portal::prometheus {

/// How to reach Prometheus; filled from both configuration files.
struct Settings {
    std::string url{};
    std::string matcher{};  ///< as written: label="value", comma separated
    Milliseconds timeout{3000};
    std::string ca_file{};
    bool verify_tls = true;
    std::string user{};
    Secret password{};
    Secret bearer{};
};

}  // namespace portal::prometheus
