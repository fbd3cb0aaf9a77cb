#pragma once

#include <cstdint>
#include <string>

namespace portal::simulator {

/// Writes robinhood.sql: the table ACCT_STAT of Robinhood 3 with its rows in the databases
/// rbh_lustre06 and rbh_nearline, which must exist. Loading it again replaces both.
/// Throws std::runtime_error if it cannot be written.
void write_robinhood(const std::string& path, std::uint64_t seed);

}  // namespace portal::simulator
