#include <algorithm>
#include <cmath>
#include <string>

#include "allocations.h"
#include "people.h"

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

/// "key=number"; numbers have at most one digit after the point.
std::string pair(std::string_view key, double value) {
    const auto tenths = static_cast<unsigned>(std::lround(value * 10));
    std::string text = std::string(key) + '=' + std::to_string(tenths / 10);
    if (tenths % 10 > 0) text += '.' + std::to_string(tenths % 10);
    return text;
}

void write_person(std::ostream& out, unsigned index) {
    const Person& person = kPeople[index];
    out << "dn: uid=" << person.login << ",ou=People," << kBase << '\n'
        << "objectClass: inetOrgPerson\nobjectClass: posixAccount\nobjectClass: ccAccount\n"
        << "uid: " << person.login << '\n';
    attribute(out, "cn", person.name);
    attribute(out, "sn", person.name.substr(person.name.rfind(' ') + 1));
    out << "uidNumber: " << kFirstUid + index << '\n'
        << "gidNumber: " << primary_group(index) << '\n'
        << "homeDirectory: /home/" << person.login << "\nloginShell: /bin/bash\n"
        << "preferredLanguage: " << (index % 2 == 0 ? "en" : "fr") << "\n\n";
}

void write_resources(std::ostream& out, const Allocation& given, std::string_view cluster) {
    const bool granted = given.name.starts_with("rrg-");
    const auto resource = [&](std::string_view year, std::string_view kind, std::string_view rest) {
        out << "ccResource: " << year << ':' << cluster << kind << ':' << rest << '\n';
    };
    const std::string_view year = granted ? "RAC2026" : "DEF";
    if (given.cores) resource(year, "-compute", pair("core_equivalent", *given.cores));
    if (given.gpus) resource(year, "-gpu", pair("gpu_equivalent", *given.gpus));
    std::string storage;
    const auto add = [&](std::string_view key, const std::optional<double>& value) {
        if (value) storage += (storage.empty() ? "" : ":") + pair(key, *value);
    };
    add("project_storage_tb", given.storage_tb);
    add("inode_quota", given.million_inodes);
    add("nearline_storage_tb", given.nearline_tb);
    if (!storage.empty()) resource(year, "-storage", storage);
    if (granted) {
        resource("RAC2019", "-compute", "core_equivalent=250:expired=2020-04-01");
        resource("RAC2027", "-gpu", "gpu_equivalent=64:startdate=2027-04-01");
    } else if (!storage.empty() && project_index(given.name) % 2 == 0) {
        resource("DEF2018", "-storage", "project_storage_tb=10:expired=2019-04-01");
    }
}

unsigned group_id(std::string_view name) {
    constexpr unsigned kCloud = 800;
    return kFirstGid + (name.starts_with("cloud-") ? kCloud : project_index(name));
}

void write_project(std::ostream& out, const Allocation& given, std::string_view cluster) {
    const std::string_view name = given.name;
    const unsigned gid = group_id(name);
    out << "dn: cn=" << name << ",ou=Group," << kBase << '\n'
        << "objectClass: posixGroup\nobjectClass: ccAllocation\n"
        << "cn: " << name << '\n'
        << "gidNumber: " << gid << '\n'
        << "ccRapStatus: active\nccRapi: abc-" << 100 + gid - kFirstGid << "-aa\n"
        << "ccRapType: " << name.substr(0, name.find('-')) << '\n';
    attribute(out, "description", "Project " + std::string(name));
    // Values of one attribute are written together: slapadd -q would keep them as two attributes.
    const auto logins = members(name);
    for (const std::string_view login : logins) out << "memberUid: " << login << '\n';
    if (!logins.empty()) out << "ccResponsible: " << logins.front() << '\n';
    write_resources(out, given, cluster);
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

void write_ldif(std::ostream& out, std::string_view cluster) {
    out << "dn: " << kBase << "\nobjectClass: dcObject\nobjectClass: organization\n"
        << "dc: computecanada\no: Compute Canada\n\n";
    for (const std::string_view unit : {"People", "Group"}) {
        out << "dn: ou=" << unit << ',' << kBase
            << "\nobjectClass: organizationalUnit\nou: " << unit << "\n\n";
    }
    for (unsigned i = 0; i < kPeople.size(); ++i) write_person(out, i);
    for (const Allocation& given : allocations()) write_project(out, given, cluster);
    write_closed_project(out, cluster);
}

}  // namespace portal::simulator
