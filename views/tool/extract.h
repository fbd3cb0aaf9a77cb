#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::tool {

/// A text to translate, and where it was found.
struct Found {
    std::string id;
    std::string id_plural;  ///< empty: no plural
    std::string place;      ///< file:line
};

/// The `[[...]]` marks of a template; runs of white space inside count as one blank.
[[nodiscard]] std::vector<Found> template_marks(std::string_view text, const std::string& file);

/// Message ids of a C++ source: sentence("..."), mark("..."), plural_sentence("...", "..."),
/// plural("...", "...") and HttpError(404, "..."). Literals that follow each other are joined;
/// comments do not count.
[[nodiscard]] std::vector<Found> source_ids(std::string_view text, const std::string& file);

/// A marked text with its white space squeezed, as in the catalogue.
[[nodiscard]] std::string squeeze(std::string_view text);

/// The placeholders {0}, {name} and {{MARKER}} of a text, sorted, each once.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view text);

}  // namespace portal::tool
