#pragma once

#include <string_view>

namespace portal {

enum class Language { English, French };

/// "en" or "fr".
[[nodiscard]] constexpr std::string_view language_code(Language language) {
    return language == Language::French ? "fr" : "en";
}

/// Language of a request: the cookie's value if it names one of ours, else the best of
/// Accept-Language (RFC 9110 weights, primary subtags), else the site's.
[[nodiscard]] Language choose_language(std::string_view cookie, std::string_view accept_language,
                                       Language site_default);

}  // namespace portal
