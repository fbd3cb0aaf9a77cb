#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fcgi/base/language.h"

namespace portal::views {

/// The texts of the portal. Ids are the English texts; an id that the catalogue lacks is its own
/// translation.
class Messages {
 public:
    enum class Style {
        Plain,
        Pseudo,  ///< French texts are wrapped in ⟦⟧, so that a test finds what is not translated
    };

    /// `catalogue` is a .mo file that outlives this object. Throws std::runtime_error if it cannot
    /// be read.
    Messages(std::string_view catalogue, Style style);

    [[nodiscard]] std::string text(Language language, std::string_view id) const;
    /// The form for `count`.
    [[nodiscard]] std::string plural(Language language, std::string_view id,
                                     std::string_view id_plural, std::uint64_t count) const;
    /// A formatted value that depends on the language ("16 GiB"), wrapped by the pseudo-language.
    [[nodiscard]] std::string value(Language language, std::string formatted) const;

 private:
    std::unordered_map<std::string_view, std::vector<std::string_view>> french_;
    Style style_;
};

/// `text` with {0}, {1} ... replaced. A number without an argument stays as it is.
[[nodiscard]] std::string fill_in(std::string_view text, std::span<const std::string> arguments);

/// Marks a message id in a table, so that the build finds it.
[[nodiscard]] constexpr const char* mark(const char* id) {
    return id;
}

}  // namespace portal::views
