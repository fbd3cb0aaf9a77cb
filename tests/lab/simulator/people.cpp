#include "people.h"

#include <algorithm>
#include <utility>

namespace portal::simulator {
namespace {

// who works in another project than their own as well
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kGuests{{
    {"alice", "rrg-haddad"},
    {"lea", "cloud-boeuf"},
    {"marc", "cloud-boeuf"},
    {"emma", "cloud-boeuf"},
    {"alice", "def-perrin"},
}};

}  // namespace

std::vector<std::string_view> projects() {
    std::vector<std::string_view> list;
    for (const Person& person : kPeople) {
        if (std::ranges::find(list, person.project) == list.end()) list.push_back(person.project);
    }
    return list;
}

unsigned project_index(std::string_view project) {
    const auto list = projects();
    return static_cast<unsigned>(std::ranges::find(list, project) - list.begin());
}

std::vector<std::string_view> members(std::string_view project) {
    std::vector<std::string_view> list;
    for (const Person& person : kPeople) {
        if (person.project == project && !person.left) list.push_back(person.login);
    }
    for (const auto& [login, other] : kGuests) {
        if (other == project) list.push_back(login);
    }
    return list;
}

std::uint32_t primary_group(unsigned person) {
    const Person& one = kPeople[person];
    return one.left ? kFirstUid + person : kFirstGid + project_index(one.project);
}

void write_passwd(std::ostream& out) {
    for (unsigned i = 0; i < kPeople.size(); ++i) {
        const Person& person = kPeople[i];
        out << person.login << ":x:" << kFirstUid + i << ':' << primary_group(i) << ':'
            << person.name << ":/home/" << person.login << ":/bin/bash\n";
    }
}

}  // namespace portal::simulator
