#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"

namespace portal::sql {

/// Where a database is, the account for it, and how long it may take. What a source's settings have
/// besides is theirs.
struct SessionSettings {
    std::string host;  ///< name, address, or the path of a unix socket
    std::uint16_t port = 3306;
    std::string database;
    std::string user;
    Secret password;
    std::string tls_ca_file;  ///< empty: no TLS
    /// Character set of what is sent and received. latin1 gives the bytes that a latin1 client
    /// wrote.
    std::string charset = "utf8mb4";
    std::chrono::milliseconds timeout{3000};  ///< of one call, connecting included
    bool operator==(const SessionSettings&) const = default;
};

}  // namespace portal::sql
