#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fcgi/base/language.h"

namespace portal::views {

/// The texts of the portal. Ids are the English texts; an id that a catalogue lacks is its own
/// translation.
class Messages {
 public:
    enum class Style {
        Plain,
        Pseudo,  ///< all but English is wrapped in ⟦⟧, so that a test finds what is not translated
    };

    /// `catalogues` are .mo files that outlive this object, one for each language but English, in
    /// the order of kLanguages. Throws std::runtime_error if one cannot be read.
    Messages(std::span<const std::string_view> catalogues, Style style);

    [[nodiscard]] std::string text(Language language, std::string_view id) const;
    /// The form for `count`.
    [[nodiscard]] std::string plural(Language language, std::string_view id,
                                     std::string_view id_plural, std::uint64_t count) const;
    /// A formatted value that depends on the language ("16 GiB"), wrapped by the pseudo-language.
    [[nodiscard]] std::string value(Language language, std::string formatted) const;

 private:
    using Forms = std::vector<std::string_view>;
    /// The forms of a text; nullptr if the catalogue lacks it.
    [[nodiscard]] const Forms* find(Language language, std::string_view id) const;

    std::vector<std::unordered_map<std::string_view, Forms>> translations_;
    Style style_;
};

/// `text` with {0}, {1} ... replaced. A number without an argument stays as it is.
[[nodiscard]] std::string fill_in(std::string_view text, std::span<const std::string> arguments);

/// Marks a message id in a table, so that the build finds it.
[[nodiscard]] constexpr const char* mark(const char* id) {
    return id;
}

}  // namespace portal::views
