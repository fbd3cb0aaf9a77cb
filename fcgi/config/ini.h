#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::ini {

/// One `key = value` line; the value may be empty.
struct Entry {
    std::string key;
    std::string value;
    int line = 0;
};

/// `[kind]` or `[kind name]` with its entries in the order of the file; no key is there twice.
struct Section {
    std::string kind;
    std::string name;
    int line = 0;
    std::vector<Entry> entries;
};

/// A whole file; no section is there twice. `path` is for messages.
struct File {
    std::string path;
    std::vector<Section> sections;
};

/// Reads a text of sections, entries and comment lines (; or #). Everything else is refused: throws
/// ConfigError naming file and line.
[[nodiscard]] File parse(std::string_view text, const std::string& path);

/// The bytes of a file. Throws ConfigError naming it.
[[nodiscard]] std::string read_text(const std::string& path);

/// Parses a file. Throws ConfigError.
[[nodiscard]] File read(const std::string& path);

/// "file:line: key: what was expected", as every configuration error reads.
[[nodiscard]] std::string message(const std::string& path, int line, std::string_view key,
                                  std::string_view expected);

}  // namespace portal::ini
