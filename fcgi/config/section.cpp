#include "fcgi/config/section.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::config {
namespace {

constexpr std::uint64_t kLongestMs = 3'600'000;

/// A host, with what may follow it, and no blanks or quotes: enough to catch a slip of the pen.
bool is_authority(std::string_view text) {
    return !text.empty() && text.find_first_of(" \t\"'<>@") == std::string_view::npos;
}

}  // namespace

Language Value::language() const {
    if (const auto language = language_of(entry_.value)) return *language;
    std::vector<std::string> codes;
    for (const LanguageTraits& one : kLanguages) codes.emplace_back(one.code);
    fail("one of " + joined(codes));
}

void Value::fail(std::string_view expected) const {
    throw ConfigError(ini::message(file_.path, entry_.line, entry_.key, expected));
}

const std::string& Value::text() const {
    if (entry_.value.empty()) fail("a text");
    return entry_.value;
}

std::vector<std::string> Value::list() const {
    auto values = any_list();
    if (values.empty()) fail("one or more values, comma separated");
    return values;
}

std::vector<std::string> Value::any_list() const {
    return text::split_list(entry_.value, ',');
}

bool Value::flag() const {
    return one_of<bool>({{"yes", true}, {"no", false}});
}

std::uint64_t Value::whole(std::uint64_t least, std::uint64_t most) const {
    const auto value = text::parse_unsigned(entry_.value, most);
    if (!value || *value < least) {
        fail("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return *value;
}

std::uint16_t Value::port() const {
    return static_cast<std::uint16_t>(whole(1, 65535));
}

Milliseconds Value::milliseconds() const {
    return Milliseconds{whole(1, kLongestMs)};
}

Seconds Value::seconds() const {
    return Seconds{whole(1, static_cast<std::uint64_t>(kDay.count()))};
}

double Value::number(double least, double most) const {
    const auto value = text::parse_decimal(entry_.value);
    if (!value || *value < least || *value > most) {
        const auto plain = [](double limit) {
            return std::to_string(static_cast<std::int64_t>(limit));
        };
        fail("a number from " + plain(least) + " to " + plain(most));
    }
    return *value;
}

const std::string& Value::file_or_empty() const {
    if (!entry_.value.empty() && entry_.value.front() != '/') fail("an absolute path, or nothing");
    return entry_.value;
}

std::string Value::url(std::initializer_list<std::string_view> schemes) const {
    std::string names;
    for (const std::string_view scheme : schemes) {
        names.append(names.empty() ? "" : " or ").append(scheme).append("host[:port]");
        if (entry_.value.rfind(scheme, 0) != 0) continue;
        std::string address = entry_.value;
        while (address.size() > scheme.size() && address.back() == '/') address.pop_back();
        if (is_authority(std::string_view(address).substr(scheme.size()))) return address;
    }
    fail(names);
}

std::vector<std::string> keys_of_text(std::string_view name) {
    std::vector<std::string> keys;
    for (const LanguageTraits& language : kLanguages) {
        keys.push_back(std::string(name).append("_").append(language.code));
    }
    return keys;
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all.append(all.empty() ? "" : ", ").append(name);
    return all;
}

const std::string& Value::link() const {
    const std::string& url = text();
    const bool local = url.front() == '/' && url.substr(0, 2) != "//";
    if (!local && !url.starts_with("https://")) fail("a path on this host, or https://...");
    return url;
}

namespace {

std::string written(const ini::Section& section) {
    return "[" + section.kind + (section.name.empty() ? "" : " " + section.name) + "]";
}

}  // namespace

void refuse_key(const ini::File& file, const ini::Entry& entry, std::string_view known) {
    throw ConfigError(ini::message(file.path, entry.line, entry.key,
                                   "a key of this section: " + std::string(known)));
}

void miss_key(const ini::File& file, const ini::Section& section, std::string_view key) {
    throw ConfigError(
        ini::message(file.path, section.line, key, "this key in section " + written(section)));
}

void refuse_section(const ini::File& file, const ini::Section& section, std::string_view expected) {
    throw ConfigError(ini::message(file.path, section.line, written(section), expected));
}

void miss_section(const ini::File& file, std::string_view kind) {
    throw ConfigError(
        ini::message(file.path, 1, "[" + std::string(kind) + "]", "this section in the file"));
}

void KnownSections::check(const ini::File& file) const {
    for (const ini::Section& section : file.sections) {
        const auto& kinds = section.name.empty() ? plain_ : named_;
        if (std::find(kinds.begin(), kinds.end(), section.kind) != kinds.end()) continue;
        std::string known;
        for (const std::string_view kind : plain_) known.append(" [").append(kind).append("]");
        for (const std::string_view kind : named_) {
            known.append(" [").append(kind).append(" NAME]");
        }
        refuse_section(file, section, "one of" + known);
    }
}

}  // namespace portal::config
