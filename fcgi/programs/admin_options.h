#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/units.h"

namespace portal {

/// What the command line of userportal-admin asks for.
struct AdminOptions {
    enum class Command {
        Help,
        Version,
        CheckConfig,
        Migrate,
        CreateToken,
        ListTokens,
        RevokeToken,
        ListViews,
        PruneViews,
        Summarize,
        Import
    };
    Command command = Command::Help;
    std::string config_file;
    std::string secrets_file;
    std::string name;                 ///< of a new token
    std::vector<std::string> scopes;  ///< of a new token, or of imported ones
    std::string networks;             ///< of a new token; empty: from anywhere
    Seconds lifetime{0};              ///< of a new token; 0: for ever
    std::uint32_t id = 0;             ///< of the token to revoke
    std::string source_file;          ///< of an import
    std::string web_server =
        "/etc/httpd/conf.d/userportal.conf";  ///< the virtual host that check-config looks at
    bool json = false;                        ///< of check-config
    std::uint64_t days = 30;                  ///< of views
    std::string viewer;                       ///< of views; empty: all
    std::string subject;                      ///< of views; empty: all
    TimeRange ended{};                        ///< of jobs to summarize
    bool again = false;                       ///< of summarize: only judge anew
};

/// Reads the arguments after the program's name. Throws UsageError.
[[nodiscard]] AdminOptions parse_admin_options(std::span<const std::string> arguments);

/// The text of --help.
[[nodiscard]] std::string_view admin_usage();

}  // namespace portal
