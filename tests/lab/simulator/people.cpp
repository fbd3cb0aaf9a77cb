#include "people.h"

#include <algorithm>
#include <string>

namespace portal::simulator {
namespace {

constexpr std::string_view kBase = "dc=computecanada,dc=local";

std::string base64(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string coded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto byte = i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
            three = (three << 8U) | byte;
        }
        for (unsigned k = 0; k < 4; ++k) {
            coded += i + k > text.size() ? '=' : kDigits[(three >> (18 - 6 * k)) & 63U];
        }
    }
    return coded;
}

void attribute(std::ostream& out, std::string_view name, std::string_view value) {
    const bool plain = std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
    if (plain) {
        out << name << ": " << value << '\n';
    } else {
        out << name << ":: " << base64(value) << '\n';
    }
}

void write_person(std::ostream& out, unsigned index) {
    const Person& person = kPeople[index];
    out << "dn: uid=" << person.login << ",ou=People," << kBase << '\n'
        << "objectClass: inetOrgPerson\nobjectClass: posixAccount\nobjectClass: ccAccount\n"
        << "uid: " << person.login << '\n';
    attribute(out, "cn", person.name);
    attribute(out, "sn", person.name.substr(person.name.rfind(' ') + 1));
    out << "uidNumber: " << kFirstUid + index << '\n'
        << "gidNumber: " << kFirstGid + project_index(person.project) << '\n'
        << "homeDirectory: /home/" << person.login << "\nloginShell: /bin/bash\n"
        << "preferredLanguage: " << (index % 2 == 0 ? "en" : "fr") << "\n\n";
}

void write_resources(std::ostream& out, std::string_view project, std::string_view cluster) {
    const bool granted = project.starts_with("rrg-");
    const unsigned seed = project_index(project);
    const auto resource = [&](std::string_view year, std::string_view kind, std::string_view rest) {
        out << "ccResource: " << year << ':' << cluster << kind << ':' << rest << '\n';
    };
    if (granted) {
        resource("RAC2026", "-compute", "core_equivalent=" + std::to_string(400 + 150 * seed));
        resource("RAC2026", "-gpu", "gpu_equivalent=" + std::to_string(8 + 4 * seed) + ".5");
        resource("RAC2026", "-storage",
                 "project_storage_tb=" + std::to_string(40 + 10 * seed) +
                     ":inode_quota=5:nearline_storage_tb=100");
        resource("RAC2019", "-compute", "core_equivalent=250:expired=2020-04-01");
        resource("RAC2027", "-gpu", "gpu_equivalent=64:startdate=2027-04-01");
    } else {
        resource("DEF", "-storage", "project_storage_tb=1:inode_quota=0.5");
        if (seed % 2 == 0)
            resource("DEF2018", "-storage", "project_storage_tb=10:expired=2019-04-01");
    }
}

void write_project(std::ostream& out, std::string_view project, std::string_view cluster) {
    out << "dn: cn=" << project << ",ou=Group," << kBase << '\n'
        << "objectClass: posixGroup\nobjectClass: ccAllocation\n"
        << "cn: " << project << '\n'
        << "gidNumber: " << kFirstGid + project_index(project) << '\n'
        << "ccRapStatus: active\nccRapi: abc-" << 100 + project_index(project) << "-aa\n"
        << "ccRapType: " << (project.starts_with("rrg-") ? "rrg" : "def") << '\n';
    attribute(out, "description", "Project " + std::string(project));
    bool first = true;
    for (const Person& person : kPeople) {
        if (person.project != project) continue;
        out << "memberUid: " << person.login << '\n';
        if (first) out << "ccResponsible: " << person.login << '\n';
        first = false;
    }
    // alice works in two projects
    if (project == "rrg-haddad") out << "memberUid: alice\n";
    write_resources(out, project, cluster);
    out << '\n';
}

void write_closed_project(std::ostream& out, std::string_view cluster) {
    out << "dn: cn=def-closed,ou=Group," << kBase << '\n'
        << "objectClass: posixGroup\nobjectClass: ccAllocation\ncn: def-closed\ngidNumber: "
        << kFirstGid + 900 << "\nccRapStatus: expired\nccRapi: zzz-999-aa\nccRapType: def\n"
        << "memberUid: alice\nccResponsible: alice\nccResource: DEF:" << cluster
        << "-storage:project_storage_tb=1\n\n";
}

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

void write_ldif(std::ostream& out, std::string_view cluster) {
    out << "dn: " << kBase << "\nobjectClass: dcObject\nobjectClass: organization\n"
        << "dc: computecanada\no: Compute Canada\n\n";
    for (const std::string_view unit : {"People", "Group"}) {
        out << "dn: ou=" << unit << ',' << kBase
            << "\nobjectClass: organizationalUnit\nou: " << unit << "\n\n";
    }
    for (unsigned i = 0; i < kPeople.size(); ++i) write_person(out, i);
    for (const std::string_view project : projects()) write_project(out, project, cluster);
    write_closed_project(out, cluster);
}

void write_passwd(std::ostream& out) {
    for (unsigned i = 0; i < kPeople.size(); ++i) {
        const Person& person = kPeople[i];
        out << person.login << ":x:" << kFirstUid + i << ':'
            << kFirstGid + project_index(person.project) << ':' << person.name << ":/home/"
            << person.login << ":/bin/bash\n";
    }
}

}  // namespace portal::simulator
