#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"

namespace portal::prolog {

/// What userportal-prolog.ini says.
struct Settings {
    std::string url;  ///< https://host/api/jobscripts, without a final slash
    std::string token_file;
    std::string ca_file;  ///< empty: the system's
    Milliseconds timeout{60'000};
    std::string state;  ///< Slurm's StateSaveLocation
    Seconds interval{5};
    std::size_t largest = std::size_t{4} << 20U;  ///< bytes of one script
    std::string spool;                            ///< folder that only we use
    std::uint64_t most_spooled = std::uint64_t{256} << 20U;
    std::uint64_t keep_free = std::uint64_t{256} << 20U;  ///< of the disk that holds the spool
    Seconds keep{std::chrono::hours{24 * 7}};
};

/// Reads the file. Throws ConfigError that names file, line and key.
[[nodiscard]] Settings load_settings(const std::string& file);

/// The token in its file, which nobody but its owner may read. Throws ConfigError.
[[nodiscard]] Secret read_token(const std::string& file);

}  // namespace portal::prolog
