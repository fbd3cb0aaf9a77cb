#include "fcgi/http/media_type.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return ascii::to_lower(c); });
    return out;
}

/// Takes "a \"quoted\" text" off the front of `rest`; empty optional if its end is missing.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string value;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            return value;
        }
        const bool escaped = rest[i] == '\\' && i + 1 < rest.size();
        if (escaped) ++i;
        value += rest[i];
    }
    return std::nullopt;
}

/// Takes one parameter's value, up to the next semicolon.
std::optional<std::string> take_value(std::string_view& rest) {
    const auto start = rest.find_first_not_of(" \t");
    rest.remove_prefix(std::min(start, rest.size()));
    if (!rest.empty() && rest.front() == '"') {
        auto value = take_quoted(rest);
        const auto end = rest.find_first_not_of(" \t");
        if (end != std::string_view::npos && rest[end] != ';') return std::nullopt;
        return value;
    }
    const std::string_view value = rest.substr(0, rest.find(';'));
    rest.remove_prefix(value.size());
    return std::string(text::trim(value));
}

}  // namespace

std::string media_type(std::string_view header) {
    return lower(text::trim(header.substr(0, header.find(';'))));
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    std::optional<std::string> found;
    for (auto end = header.find(';'); end != std::string_view::npos; end = header.find(';')) {
        header.remove_prefix(end + 1);
        const auto equals = header.find_first_of("=;");
        if (equals == std::string_view::npos) return found;
        if (header[equals] == ';') continue;
        const std::string key = lower(text::trim(header.substr(0, equals)));
        header.remove_prefix(equals + 1);
        auto value = take_value(header);
        if (!value) return std::nullopt;
        if (key != name) continue;
        if (found) return std::nullopt;
        found = std::move(value);
    }
    return found;
}

}  // namespace portal
