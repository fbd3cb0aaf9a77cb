#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/sources/sql/session.h"

namespace portal::doctor {

/// One thing an account may do, "select" at "*", "slurm_acct_db", "slurm_acct_db.qos_table" or
/// "userportal.api_token.last_used".
struct Privilege {
    std::string place;
    std::string name;
    auto operator<=>(const Privilege&) const = default;
};

/// What a server of MariaDB or MySQL says of itself.
struct ServerFacts {
    Instant now{};
    std::string version;
    std::uint64_t longest_statement = 0;  ///< bytes, max_allowed_packet
};

/// Errors: any Fault.
[[nodiscard]] Result<ServerFacts> facts_of(sql::Session& session);
/// What the account in use may do. Errors: any Fault. Source: information_schema.
[[nodiscard]] Result<std::vector<Privilege>> privileges_of(sql::Session& session);

/// True if one of them allows it there: by itself, for the whole table or database, or everywhere.
[[nodiscard]] bool allows(const std::vector<Privilege>& all, const Privilege& wanted);
/// Those that none of the wanted ones asks for, as "delete on slurm_acct_db", comma separated;
/// empty if there are none.
[[nodiscard]] std::string wider_than(const std::vector<Privilege>& all,
                                     const std::vector<Privilege>& wanted);

}  // namespace portal::doctor
