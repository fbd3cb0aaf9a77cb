#pragma once

#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

namespace portal::simulator {

inline constexpr double kTerabyte = 1024.0 * 1024 * 1024 * 1024;  ///< bytes, as LDAP counts them

/// What the directory grants a group; an empty optional is a key that its resources do not have.
struct Allocation {
    std::string_view name;
    std::optional<double> storage_tb;
    std::optional<double> million_inodes;
    std::optional<double> nearline_tb;
    std::optional<double> cores;
    std::optional<double> gpus;

    /// Bytes and entries that a page must show as limits: where one of the two is missing, 1 TB or
    /// a million entries.
    [[nodiscard]] double byte_limit() const { return storage_tb.value_or(1) * kTerabyte; }
    [[nodiscard]] double inode_limit() const { return million_inodes.value_or(1) * 1e6; }
};

/// The groups of kPeople in order of appearance, then one that has virtual machines only.
std::vector<Allocation> allocations();

/// LDIF: the two levels of the base, ou=People with the persons, ou=Group with the allocations.
void write_ldif(std::ostream& out, std::string_view cluster);

}  // namespace portal::simulator
