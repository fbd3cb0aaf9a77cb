#pragma once

// fcgi/config reads INI files: lines in ini.h, sections by tables of keys here. It knows no
// setting: each module, source and program has its own settings.h with the struct and the table of
// its keys. May include: fcgi/base. May not: anything else; whoever has settings includes this.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"
#include "fcgi/config/error.h"
#include "fcgi/config/ini.h"

namespace portal::config {

/// One value with its place in the file. Each reader throws ConfigError naming what was expected;
/// the value itself is never part of a message, since it may be a secret.
class Value {
 public:
    Value(const ini::File& file, const ini::Entry& entry) : file_(file), entry_(entry) {}

    [[nodiscard]] const std::string& any() const { return entry_.value; }
    /// Not empty.
    [[nodiscard]] const std::string& text() const;
    /// Comma separated, not empty.
    [[nodiscard]] std::vector<std::string> list() const;
    /// Comma separated, may be empty.
    [[nodiscard]] std::vector<std::string> any_list() const;
    /// yes or no.
    [[nodiscard]] bool flag() const;
    /// A whole number in [least, most].
    [[nodiscard]] std::uint64_t whole(std::uint64_t least, std::uint64_t most) const;
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] Milliseconds milliseconds() const;
    [[nodiscard]] Seconds seconds() const;
    /// A number in [least, most].
    [[nodiscard]] double number(double least, double most) const;
    /// An absolute path, or empty.
    [[nodiscard]] const std::string& file_or_empty() const;
    /// An address that begins with one of the schemes, without a slash at its end.
    [[nodiscard]] std::string url(std::initializer_list<std::string_view> schemes) const;
    /// An https address or a path on this host.
    [[nodiscard]] const std::string& link() const;
    /// The code of one of the portal's languages.
    [[nodiscard]] Language language() const;
    /// One word of a table.
    template <class T>
    [[nodiscard]] T one_of(std::initializer_list<std::pair<std::string_view, T>> words) const {
        std::string names;
        for (const auto& [word, meaning] : words) {
            if (entry_.value == word) return meaning;
            names.append(names.empty() ? "" : ", ").append(word);
        }
        fail("one of " + names);
    }

    [[noreturn]] void fail(std::string_view expected) const;

 private:
    const ini::File& file_;
    const ini::Entry& entry_;
};

enum class Presence { Optional, Required };
inline constexpr auto kOptional = Presence::Optional;
inline constexpr auto kRequired = Presence::Required;

/// One documented key: its name and how its value is taken over. A key with a text of the site is
/// one key for each language: "title" means title_en, title_fr ...
template <class T>
struct Key {
    std::string_view name;
    Presence presence;
    void (*take)(T&, const Value&);
    LocalText& (*text)(T&) = nullptr;

    /// The names it has in a file.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Takes the entry over if it is this key's.
    bool take_entry(const ini::Entry& entry, const Value& value, T& target) const;
};

/// title_en, title_fr ... of "title", in the order of kLanguages.
[[nodiscard]] std::vector<std::string> keys_of_text(std::string_view name);
/// Comma separated.
[[nodiscard]] std::string joined(const std::vector<std::string>& names);

template <class T>
std::vector<std::string> Key<T>::names() const {
    return text == nullptr ? std::vector{std::string(name)} : keys_of_text(name);
}

template <class T>
bool Key<T>::take_entry(const ini::Entry& entry, const Value& value, T& target) const {
    const auto all = names();
    const auto found = std::find(all.begin(), all.end(), entry.key);
    if (found == all.end()) return false;
    if (text == nullptr) {
        take(target, value);
    } else {
        text(target).in(static_cast<Language>(found - all.begin())) = value.text();
    }
    return true;
}

/// Throws: the key is not one of the known ones.
[[noreturn]] void refuse_key(const ini::File& file, const ini::Entry& entry,
                             std::string_view known);
/// Throws: the section has no such key.
[[noreturn]] void miss_key(const ini::File& file, const ini::Section& section,
                           std::string_view key);
/// Throws: the section as a whole is not what was expected.
[[noreturn]] void refuse_section(const ini::File& file, const ini::Section& section,
                                 std::string_view expected);
/// Throws: the section is not there.
[[noreturn]] void miss_section(const ini::File& file, std::string_view kind);

/// The names of all keys.
template <class T>
std::vector<std::string> names_of(std::span<const Key<T>> keys) {
    std::vector<std::string> known;
    for (const Key<T>& key : keys) {
        for (std::string& name : key.names()) known.push_back(std::move(name));
    }
    return known;
}

/// Takes all entries of a section over by a table of keys. Throws ConfigError.
template <class T>
void read_section(const ini::File& file, const ini::Section& section, std::span<const Key<T>> keys,
                  T& target) {
    for (const ini::Entry& entry : section.entries) {
        const bool taken = std::any_of(keys.begin(), keys.end(), [&](const Key<T>& key) {
            return key.take_entry(entry, Value(file, entry), target);
        });
        if (!taken) refuse_key(file, entry, joined(names_of(keys)));
    }
    for (const Key<T>& key : keys) {
        if (key.presence == Presence::Optional) continue;
        for (const std::string& name : key.names()) {
            const bool there =
                std::any_of(section.entries.begin(), section.entries.end(),
                            [&](const ini::Entry& entry) { return entry.key == name; });
            if (!there) miss_key(file, section, name);
        }
    }
}

/// The same as a function of its own, for a table of kinds.
template <class T, const auto& keys>
void read_keys(const ini::File& file, const ini::Section& section, T& target) {
    read_section<T>(file, section, keys, target);
}

/// [kind], or any number of [kind NAME].
enum class Naming { Plain, Named };

/// One kind of section: how it is read into T, whoever owns it.
template <class T>
struct SectionKind {
    std::string_view kind;
    Naming naming;
    void (*read)(const ini::File&, const ini::Section&, T&);
    Presence presence = Presence::Optional;
};

/// Takes over the sections of these kinds, kind after kind, each in the order of the file; others
/// are left alone. Throws ConfigError.
template <class T>
void read_sections(const ini::File& file, std::span<const SectionKind<T>> kinds, T& target) {
    for (const SectionKind<T>& kind : kinds) {
        bool there = false;
        for (const ini::Section& section : file.sections) {
            if (section.kind != kind.kind) continue;
            kind.read(file, section, target);
            there = true;
        }
        if (!there && kind.presence == Presence::Required) miss_section(file, kind.kind);
    }
}

/// The kinds of sections that a file may have.
class KnownSections {
 public:
    template <class T>
    void add(std::span<const SectionKind<T>> kinds) {
        for (const SectionKind<T>& kind : kinds) {
            (kind.naming == Naming::Plain ? plain_ : named_).push_back(kind.kind);
        }
    }
    /// Throws ConfigError for a section that is not known.
    void check(const ini::File& file) const;

 private:
    std::vector<std::string_view> plain_;
    std::vector<std::string_view> named_;
};

}  // namespace portal::config
