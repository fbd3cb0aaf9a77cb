#include "handlers/sources/ldap/ldap_directory.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "fcgi/base/ascii.h"
#include "fcgi/base/log.h"
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

/// Of the values the one that LDAP takes for this: it compares without case.
Values::const_iterator find(const Values& values, std::string_view value) {
    return std::find_if(values.begin(), values.end(),
                        [&](const std::string& one) { return same_login(one, value); });
}

std::string condition(const std::string& attribute, std::string_view value) {
    return "(" + attribute + "=" + escape_filter(value) + ")";
}

/// The log tells of an entry that cannot be used: that costs one person, not the directory.
std::optional<Person> unusable(std::string_view why, std::string_view of) {
    log::write(log::Level::Information, "ldap.entry_unusable", {{"why", why}, {"of", of}});
    return std::nullopt;
}

/// The value of an attribute in the first part of an entry's name; empty if it is not there.
std::string in_name(std::string_view name, std::string_view attribute) {
    std::string value;
    std::string type;
    bool in_value = false;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const char c = i < name.size() ? name[i] : ',';
        if (c == '+' || c == ',') {
            if (same_login(type, attribute)) return value;
            if (c == ',') break;
            type.clear();
            value.clear();
            in_value = false;
        } else if (c == '=' && !in_value) {
            in_value = true;
        } else if (c == '\\' && i + 2 < name.size() && ascii::is_hex_digit(name[i + 1]) &&
                   ascii::is_hex_digit(name[i + 2])) {
            value += static_cast<char>(ascii::hex_value(name[i + 1]) * 16 +
                                       ascii::hex_value(name[i + 2]));
            i += 2;
        } else if (c == '\\' && i + 1 < name.size()) {
            value += name[++i];
        } else {
            (in_value ? value : type) += c;
        }
    }
    return {};
}

/// The logins of an entry that can be shown, the one in its name at the front.
Values logins_of(const Entry& entry, const std::string& attribute) {
    Values logins = values(entry, attribute);
    std::erase_if(logins, [](const std::string& login) { return !parse_username(login); });
    std::sort(logins.begin(), logins.end());
    const Values& name = values(entry, kEntryName);
    if (name.empty()) return logins;
    const std::string first = in_name(name.front(), attribute);
    std::stable_partition(logins.begin(), logins.end(),
                          [&](const std::string& login) { return same_login(login, first); });
    return logins;
}

/// The person an entry is about.
std::optional<Person> read_person(const Entry& entry, std::string_view asked,
                                  const Settings& settings) {
    const Values& numbers = values(entry, settings.uid_attribute);
    const auto uid =
        numbers.size() == 1 ? text::parse_unsigned(numbers.front(), 4294967293U) : std::nullopt;
    if (!uid) return unusable("no uid, or several", asked);
    const Values logins = logins_of(entry, settings.login_attribute);
    if (logins.empty()) return unusable("no login that can be shown", asked);
    const Values& names = values(entry, settings.name_attribute);
    return Person{.login = Username{logins.front()},
                  .uid = Uid{static_cast<std::uint32_t>(*uid)},
                  .name = names.empty() ? logins.front() : text::to_utf8(names.front()),
                  .logins = logins};
}

/// The name of a group: of several the one in the entry's name, as for people.
std::string name_of(const Entry& group) {
    const Values& names = values(group, "cn");
    const Values& entry = values(group, kEntryName);
    const std::string first = entry.empty() ? std::string{} : in_name(entry.front(), "cn");
    const auto named = find(names, first);
    if (named != names.end()) return *named;
    return names.empty() ? std::string{} : names.front();
}

/// Adds another entry of the same group: members of either, and what either grants.
void merge(Allocation& into, const Allocation& other) {
    for (const std::string& member : other.members) {
        if (find(into.members, member) == into.members.end()) into.members.push_back(member);
    }
    merge_resources(into.resources, other.resources);
}

/// Names of groups in the order of their small letters, since LDAP takes them for the same.
struct WithoutCase {
    bool operator()(const std::string& left, const std::string& right) const {
        return std::lexicographical_compare(
            left.begin(), left.end(), right.begin(), right.end(),
            [](char a, char b) { return ascii::to_lower(a) < ascii::to_lower(b); });
    }
};

}  // namespace

bool has_member(const std::vector<std::string>& members, const Person& person) {
    return std::any_of(members.begin(), members.end(),
                       [&](const std::string& member) { return person.is_called(member); });
}

bool Person::is_called(std::string_view text) const {
    return std::any_of(logins.begin(), logins.end(),
                       [&](const std::string& one) { return same_login(one, text); }) ||
           same_login(login.value, text);
}

LdapDirectory::LdapDirectory(const Settings& settings, const SourceTerms& terms)
    : settings_(settings), connection_(settings, terms) {}

Result<std::vector<Entry>> LdapDirectory::people(const std::string& attribute,
                                                 const std::string& value) {
    return connection_.search({.base = settings_.people_base,
                               .filter = "(&" + condition("objectClass", settings_.user_class) +
                                         condition(attribute, value) + ")",
                               .attributes = {settings_.login_attribute, settings_.uid_attribute,
                                              settings_.name_attribute},
                               .most_entries = 2,  // of several none is chosen
                               .beyond = Search::Beyond::LeftOut});
}

Result<std::optional<Person>> LdapDirectory::only(const std::string& attribute,
                                                  const std::string& value) {
    const auto found = people(attribute, value);
    if (!found.ok()) return found.error();
    if (found.value().empty()) return std::optional<Person>{};
    if (found.value().size() > 1) return unusable("several entries", value);
    return read_person(found.value().front(), value, settings_);
}

Result<std::optional<Person>> LdapDirectory::by_login(const Username& login) {
    auto found = only(settings_.login_attribute, login.value);
    if (!found.ok() || !found.value() || found.value()->is_called(login.value)) return found;
    // The server takes more for the same than we do: blanks, and letters that look alike.
    return std::optional<Person>{};
}

Result<std::optional<Person>> LdapDirectory::by_uid(Uid uid) {
    return only(settings_.uid_attribute, std::to_string(uid.value));
}

Result<std::vector<Entry>> LdapDirectory::allocations(const std::string& attribute,
                                                      const Values& any) {
    std::string named;
    for (const std::string& value : any) named += condition(attribute, value);
    return connection_.search(
        {.base = settings_.groups_base,
         .filter = "(&" + condition("objectClass", settings_.allocation_class) + "(|" + named +
                   ")" + condition(settings_.status_attribute, settings_.active_status) + ")",
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
    // Groups may name a person by any of the logins.
    const auto known = only(settings_.login_attribute, member.value);
    if (!known.ok()) return known.error();
    Person person{.login = member, .uid = {}, .name = {}, .logins = {member.value}};
    if (known.value() && known.value()->is_called(member.value)) person = *known.value();
    const auto found = allocations(settings_.member_attribute, person.logins);
    if (!found.ok()) return found.error();
    std::map<std::string, Allocation, WithoutCase> by_group;
    for (const Entry& entry : found.value()) {
        const std::string group = name_of(entry);
        if (group.empty() || !has_member(values(entry, settings_.member_attribute), person)) {
            continue;
        }
        const Allocation allocation = read_allocation(entry, group);
        const auto [place, added] = by_group.emplace(group, allocation);
        if (!added) merge(place->second, allocation);
    }
    std::vector<Allocation> out;
    for (auto& [group, allocation] : by_group) out.push_back(std::move(allocation));
    return out;
}

Result<std::optional<Allocation>> LdapDirectory::allocation(std::string_view group) {
    const auto found = allocations("cn", {std::string(group)});
    if (!found.ok()) return found.error();
    std::optional<Allocation> out;
    for (const Entry& entry : found.value()) {
        const Values& names = values(entry, "cn");
        if (find(names, group) == names.end()) continue;
        const Allocation next = read_allocation(entry, std::string(group));
        if (!out)
            out = next;
        else
            merge(*out, next);
    }
    return out;
}

}  // namespace portal::ldap
