#pragma once

#include <array>
#include <cstdint>
#include <ostream>
#include <string_view>
#include <vector>

namespace portal::simulator {

/// A person with a login; uid = kFirstUid + position in kPeople.
struct Person {
    std::string_view login;
    std::string_view name;     ///< UTF-8
    std::string_view project;  ///< group; Slurm accounts are project_cpu and project_gpu
};

inline constexpr std::uint32_t kFirstUid = 3'000'001;
inline constexpr std::uint32_t kFirstGid = 3'100'001;

inline constexpr std::array<Person, 16> kPeople{{
    {"alice", "Alice Smith", "def-smith"},
    {"bob", "Bob Tremblay", "def-smith"},
    {"carol", "Carol Jones", "def-jones"},
    {"heavy", "Hélène Vaillancourt", "rrg-heavy"},
    {"hundred", "Hubert Cent", "def-jones"},
    {"staff", "Stéphane Gauthier", "def-staff"},
    {"david", "David Nguyen", "def-lavoie"},
    {"emma", "Emma Lavoie", "def-lavoie"},
    {"farah", "Farah Haddad", "rrg-haddad"},
    {"gabriel", "Gabriel Côté", "rrg-haddad"},
    {"hana", "花 (Hana) Sato", "def-sato"},
    {"ivan", "Ivan Petrov", "def-sato"},
    {"julie", "Julie O'Brien", "def-obrien"},
    {"kenji", "Kenji Mori", "def-obrien"},
    {"lea", "Léa Bœuf", "rrg-boeuf"},
    {"marc", "Marc Roy", "rrg-boeuf"},
}};

inline constexpr unsigned kAlice = 0;
inline constexpr unsigned kBob = 1;
inline constexpr unsigned kCarol = 2;
inline constexpr unsigned kHeavy = 3;
inline constexpr unsigned kHundred = 4;
inline constexpr unsigned kStaff = 5;

/// The projects of kPeople, each once, in order of appearance; gid = kFirstGid + position.
std::vector<std::string_view> projects();
/// Position of `project` in projects().
unsigned project_index(std::string_view project);

/// LDIF: the two levels of the base, ou=People with the persons, ou=Group with the allocations.
void write_ldif(std::ostream& out, std::string_view cluster);
/// Lines of passwd(5), so that the same people can be local users of a real Slurm.
void write_passwd(std::ostream& out);

}  // namespace portal::simulator
