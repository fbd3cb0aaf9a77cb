#pragma once

#include <string>
#include <vector>

namespace portal::tool {

/// The head of a catalogue ("Language: fr" and what follows) turned into fcgi/base/languages.h: the
/// enumeration Language and the table kLanguages, English first, the others by code. Throws
/// std::runtime_error naming the field that is missing or cannot be used.
[[nodiscard]] std::string languages_header(const std::vector<std::string>& heads);

/// A catalogue of a new language: its head, to be filled in. `code` is that of ISO 639.
[[nodiscard]] std::string new_catalogue(const std::string& code);

}  // namespace portal::tool
