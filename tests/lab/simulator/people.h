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
    bool left = false;         ///< the group does not name them any more, their traces do
};

inline constexpr std::uint32_t kFirstUid = 3'000'001;
inline constexpr std::uint32_t kFirstGid = 3'100'001;

inline constexpr std::array<Person, 53> kPeople{{
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
    {"nadia", "Nadia Nadeau", "def-nadeau"},
    {"oscar", "Oscar Ouellet", "def-ouellet"},
    {"paula", "Paula Perrin", "def-perrin"},
    {"quentin", "Quentin Quintal", "rrg-quintal"},
    {"wen", "Wen Wong", "def-wong"},
    {"xavier", "Xavier Wu", "def-wong"},
    {"yasmin", "Yasmin Zidane", "def-zidane"},
    {"zoe", "Zoé Zidane", "def-zidane"},
    {"olga", "Olga Orlova", "rrg-boeuf", true},
    {"amelie", "Amélie Gagnon", "rrg-boeuf"},
    {"antoine", "Antoine Morin", "rrg-boeuf"},
    {"beatrice", "Béatrice Caron", "rrg-boeuf"},
    {"benoit", "Benoît Leclerc", "rrg-boeuf"},
    {"camille", "Camille Fortin", "rrg-boeuf"},
    {"cedric", "Cédric Poirier", "rrg-boeuf"},
    {"diane", "Diane Bergeron", "rrg-boeuf"},
    {"dominic", "Dominic Girard", "rrg-boeuf"},
    {"elise", "Élise Pelletier", "rrg-boeuf"},
    {"etienne", "Étienne Lefebvre", "rrg-boeuf"},
    {"fatima", "Fatima Zahra", "rrg-boeuf"},
    {"felix", "Félix Beaulieu", "rrg-boeuf"},
    {"genevieve", "Geneviève Simard", "rrg-boeuf"},
    {"guillaume", "Guillaume Boucher", "rrg-boeuf"},
    {"hugo", "Hugo Cloutier", "rrg-boeuf"},
    {"isabelle", "Isabelle Dubois", "rrg-boeuf"},
    {"jerome", "Jérôme Thibault", "rrg-boeuf"},
    {"karine", "Karine Desjardins", "rrg-boeuf"},
    {"laurent", "Laurent Michaud", "rrg-boeuf"},
    {"lucie", "Lucie Gauvreau", "rrg-boeuf"},
    {"mathieu", "Mathieu Arsenault", "rrg-boeuf"},
    {"melanie", "Mélanie Savard", "rrg-boeuf"},
    {"nicolas", "Nicolas Turcotte", "rrg-boeuf"},
    {"ophelie", "Ophélie Martel", "rrg-boeuf"},
    {"patrick", "Patrick Landry", "rrg-boeuf"},
    {"rosalie", "Rosalie Therrien", "rrg-boeuf"},
    {"samuel", "Samuel Proulx", "rrg-boeuf"},
    {"sophie", "Sophie Vachon", "rrg-boeuf"},
}};

inline constexpr unsigned kAlice = 0;
inline constexpr unsigned kBob = 1;
inline constexpr unsigned kCarol = 2;
inline constexpr unsigned kHeavy = 3;
inline constexpr unsigned kHundred = 4;
inline constexpr unsigned kStaff = 5;
inline constexpr unsigned kWen = 20;     ///< holds many cores and uses few
inline constexpr unsigned kXavier = 21;  ///< holds GPUs and uses none
inline constexpr unsigned kYasmin = 22;  ///< works on large-memory nodes, as does kZoe
inline constexpr unsigned kZoe = 23;
inline constexpr unsigned kOlga = 24;   ///< left rrg-boeuf
inline constexpr unsigned kCrowd = 25;  ///< from here on: members of rrg-boeuf

/// The projects of kPeople, each once, in order of appearance; gid = kFirstGid + position.
std::vector<std::string_view> projects();
/// Position of `project` in projects().
unsigned project_index(std::string_view project);
/// Logins of those whom the group of `project` names.
std::vector<std::string_view> members(std::string_view project);

/// gid of a person: that of the group, or their own if they left it.
std::uint32_t primary_group(unsigned person);
/// Lines of passwd(5), so that the same people can be local users of a real Slurm.
void write_passwd(std::ostream& out);

}  // namespace portal::simulator
