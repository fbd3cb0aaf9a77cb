#include "fcgi/base/login.h"

#include <algorithm>
#include <string>

#include "fcgi/base/ascii.h"

namespace portal {

std::optional<Username> parse_username(std::string_view text) {
    constexpr std::size_t kLongest = 32;
    const auto allowed = [](char c) {
        return ascii::is_alnum(c) || c == '.' || c == '_' || c == '-';
    };
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    if (text.front() == '-' || text.front() == '.') return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), allowed)) return std::nullopt;
    return Username{std::string(text)};
}

}  // namespace portal
