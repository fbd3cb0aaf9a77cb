#include "handlers/sources/ldap/ldap_directory.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "fcgi/base/login.h"
#include "fcgi/base/text.h"
#include "handlers/sources/ldap/cc_resource.h"

namespace portal::ldap {
namespace {

using Values = std::vector<std::string>;

const Values& values(const Entry& entry, const std::string& attribute) {
    static const Values kNone;
    const auto found = entry.find(attribute);
    return found == entry.end() ? kNone : found->second;
}

bool holds(const Values& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

std::string condition(const std::string& attribute, std::string_view value) {
    return "(" + attribute + "=" + escape_filter(value) + ")";
}

SourceError unusable(Fault fault, std::string detail) {
    return {SourceId::Ldap, fault, std::move(detail)};
}

/// The person an entry is about, under the given login.
Result<std::optional<Person>> read_person(const Entry& entry, const std::string& login,
                                          const Settings& settings) {
    const Values& numbers = values(entry, settings.uid_attribute);
    const auto uid =
        numbers.size() == 1 ? text::parse_unsigned(numbers.front(), 4294967293U) : std::nullopt;
    if (!uid) return unusable(Fault::Malformed, "no uid for " + login);
    const Values& names = values(entry, settings.name_attribute);
    return std::optional<Person>{
        Person{.login = Username{login},
               .uid = Uid{static_cast<std::uint32_t>(*uid)},
               .name = names.empty() ? login : text::to_utf8(names.front())}};
}

}  // namespace

LdapDirectory::LdapDirectory(const Settings& settings, const SourceTerms& terms)
    : settings_(settings), connection_(settings, terms) {}

Result<std::vector<Entry>> LdapDirectory::people(const std::string& attribute,
                                                 const std::string& value) {
    return connection_.search({.base = settings_.people_base,
                               .filter = "(&" + condition("objectClass", settings_.user_class) +
                                         condition(attribute, value) + ")",
                               .attributes = {settings_.login_attribute, settings_.uid_attribute,
                                              settings_.name_attribute},
                               .most_entries = 10});
}

Result<std::optional<Person>> LdapDirectory::by_login(const Username& login) {
    const auto found = people(settings_.login_attribute, login.value);
    if (!found.ok()) return found.error();
    if (found.value().size() > 1) {
        return unusable(Fault::Rejected, "more than one entry for login " + login.value);
    }
    const bool exact = !found.value().empty() &&
                       holds(values(found.value().front(), settings_.login_attribute), login.value);
    if (!exact) return std::optional<Person>{};
    return read_person(found.value().front(), login.value, settings_);
}

Result<std::optional<Person>> LdapDirectory::by_uid(Uid uid) {
    const std::string number = std::to_string(uid.value);
    const auto found = people(settings_.uid_attribute, number);
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Person>{};
    if (found.value().size() > 1) {
        return unusable(Fault::Rejected, "more than one entry for uid " + number);
    }
    const Entry& entry = found.value().front();
    const Values& logins = values(entry, settings_.login_attribute);
    if (logins.empty() || !parse_username(logins.front())) {
        return unusable(Fault::Malformed, "no usable login for uid " + number);
    }
    return read_person(entry, logins.front(), settings_);
}

Result<std::vector<Entry>> LdapDirectory::allocations(const std::string& attribute,
                                                      std::string_view value) {
    return connection_.search(
        {.base = settings_.groups_base,
         .filter = "(&" + condition("objectClass", settings_.allocation_class) +
                   condition(attribute, value) +
                   condition(settings_.status_attribute, settings_.active_status) + ")",
         .attributes = {"cn", settings_.member_attribute, settings_.resource_attribute}});
}

Allocation LdapDirectory::read_allocation(const Entry& entry, const std::string& group) const {
    Allocation allocation{
        .group = group, .members = values(entry, settings_.member_attribute), .resources = {}};
    for (const std::string& value : values(entry, settings_.resource_attribute)) {
        const auto granted =
            parse_cc_resource(value, settings_.storage_resource, settings_.compute_resource);
        if (granted) merge_resources(allocation.resources, *granted);
    }
    return allocation;
}

Result<std::vector<Allocation>> LdapDirectory::allocations_of(const Username& member) {
    const auto found = allocations(settings_.member_attribute, member.value);
    if (!found.ok()) return found.error();
    std::map<std::string, Allocation> by_group;
    for (const Entry& entry : found.value()) {
        const Values& names = values(entry, "cn");
        const bool exact = holds(values(entry, settings_.member_attribute), member.value);
        if (names.empty() || !exact) continue;
        const Allocation allocation = read_allocation(entry, names.front());
        const auto [place, added] = by_group.emplace(names.front(), allocation);
        if (!added) merge_resources(place->second.resources, allocation.resources);
    }
    std::vector<Allocation> out;
    for (auto& [group, allocation] : by_group) out.push_back(std::move(allocation));
    return out;
}

Result<std::optional<Allocation>> LdapDirectory::allocation(std::string_view group) {
    const auto found = allocations("cn", group);
    if (!found.ok()) return found.error();
    std::optional<Allocation> out;
    for (const Entry& entry : found.value()) {
        if (!holds(values(entry, "cn"), group)) continue;
        const Allocation next = read_allocation(entry, std::string(group));
        if (!out)
            out = next;
        else
            merge_resources(out->resources, next.resources);
    }
    return out;
}

}  // namespace portal::ldap
