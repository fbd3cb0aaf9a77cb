#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/access/account_name.h"

namespace portal {

/// What a path names, read once as the {name} of its pattern says. What the pattern does not have
/// is empty.
struct Captures {
    Username username;  ///< {username}: a login
    JobId job_id;       ///< {job_id}: a job's number, in the one spelling that it has
    /// {job}: the same, or 4711_3 for a task of an array, whose number is then the array's.
    std::optional<std::uint32_t> task;
    AccountName account;      ///< {account}: an account of Slurm
    std::string project;      ///< {project}: name of an OpenStack project
    std::string instance;     ///< {uuid}: UUID of a virtual machine
    std::string graph;        ///< {graph}: a slug, 1 to 64 of a-z, 0-9 and _
    std::string file_system;  ///< {fs}: whatever is written there
};

/// Names of a pattern with the texts that a path has in their places.
using NamedTexts = std::vector<std::pair<std::string_view, std::string_view>>;

/// True if a pattern may have this name.
[[nodiscard]] bool is_capture(std::string_view name);

/// Empty optional if a text is not what its name says: there is no such page.
[[nodiscard]] std::optional<Captures> read_captures(const NamedTexts& texts);

}  // namespace portal
