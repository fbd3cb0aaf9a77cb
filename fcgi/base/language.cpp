#include "fcgi/base/language.h"

#include <algorithm>
#include <string>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

/// The language whose primary subtag this is ("fr-CA" is French), without case.
std::optional<Language> from_tag(std::string_view tag) {
    std::string primary(tag.substr(0, tag.find('-')));
    for (char& c : primary) c = ascii::to_lower(c);
    return language_of(primary);
}

/// Weight of one element of Accept-Language; 1 if it has none, 0 if it cannot be read.
double weight(std::string_view parameters) {
    const std::string_view trimmed = text::trim(parameters);
    if (trimmed.empty()) return 1;
    if (trimmed.size() < 3 || ascii::to_lower(trimmed[0]) != 'q' || trimmed[1] != '=') return 0;
    const auto value = text::parse_decimal(trimmed.substr(2));
    return value && *value >= 0 && *value <= 1 ? *value : 0;
}

}  // namespace

std::optional<Language> language_of(std::string_view code) {
    for (std::size_t place = 0; place < kLanguages.size(); ++place) {
        if (kLanguages.at(place).code == code) return static_cast<Language>(place);
    }
    return std::nullopt;
}

std::size_t LocalText::count() const {
    return kLanguages.size() -
           static_cast<std::size_t>(std::count(texts.begin(), texts.end(), std::string()));
}

Language choose_language(std::string_view cookie, std::string_view accept_language,
                         Language site_default) {
    if (const auto kept = language_of(cookie)) return *kept;
    Language best = site_default;
    double best_weight = 0;
    while (!accept_language.empty()) {
        const auto end = accept_language.find(',');
        const std::string_view part = accept_language.substr(0, end);
        accept_language.remove_prefix(end == std::string_view::npos ? part.size() : end + 1);
        const auto semicolon = part.find(';');
        const std::string_view tag = text::trim(part.substr(0, semicolon));
        const double here =
            semicolon == std::string_view::npos ? 1 : weight(part.substr(semicolon + 1));
        const auto language = tag == "*" ? site_default : from_tag(tag);
        if (language && here > best_weight) {
            best = *language;
            best_weight = here;
        }
    }
    return best;
}

}  // namespace portal
