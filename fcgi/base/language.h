#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/base/languages.h"  // made from views/locale: enum class Language, kLanguages

namespace portal {

[[nodiscard]] constexpr const LanguageTraits& traits_of(Language language) {
    return kLanguages.at(static_cast<std::size_t>(language));
}

/// "en" or another code of ISO 639.
[[nodiscard]] constexpr std::string_view language_code(Language language) {
    return traits_of(language).code;
}

/// The language of a code ("fr"), in small letters; empty if we have no such language.
[[nodiscard]] std::optional<Language> language_of(std::string_view code);

/// Language of a request: the cookie's value if it names one of ours, else the best of
/// Accept-Language (RFC 9110 weights, primary subtags), else the site's.
[[nodiscard]] Language choose_language(std::string_view cookie, std::string_view accept_language,
                                       Language site_default);

/// A text of the site in every language.
struct LocalText {
    std::array<std::string, kLanguages.size()> texts;

    [[nodiscard]] const std::string& in(Language language) const {
        return texts.at(static_cast<std::size_t>(language));
    }
    [[nodiscard]] std::string& in(Language language) {
        return texts.at(static_cast<std::size_t>(language));
    }
    /// How many languages have it.
    [[nodiscard]] std::size_t count() const;
    bool operator==(const LocalText&) const = default;
};

}  // namespace portal
