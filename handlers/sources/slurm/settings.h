#pragma once

#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"

namespace portal::slurm {

/// How to reach Slurm's accounting database; filled from both configuration files.
struct Settings {
    enum class Text { Declared, Bytes };
    std::string host;
    std::uint16_t port = 3306;
    std::string database = "slurm_acct_db";
    std::string cluster;
    Milliseconds timeout{3000};
    Text text = Text::Declared;
    std::string tls_ca_file;
    std::string user;
    Secret password;
};

}  // namespace portal::slurm
