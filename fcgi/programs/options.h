#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fcgi/programs/command_line.h"

namespace portal {

/// What the command line asks for.
struct Options {
    enum class Command { Help, Version, Serve, Background, CheckConfig, Routes };
    Command command = Command::Help;
    std::string config_file;
    std::string secrets_file;
    std::string listen;
    unsigned workers = 8;
    bool identity_from_environment = false;
    bool check_only = false;  ///< say whether it would start, and do not
};

/// Reads the arguments after the program's name. Throws UsageError.
[[nodiscard]] Options parse_options(std::span<const std::string> arguments);

/// The text of --help.
[[nodiscard]] std::string_view usage_text();

}  // namespace portal
