#include "handlers/router.h"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "handlers/access/rules.h"
#include "handlers/page/api.h"

namespace portal {
namespace {

/// The next segment of a path, which loses it and the slash after it.
std::string_view take_segment(std::string_view& path) {
    const auto end = path.find('/');
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    return segment;
}

bool match_segment(std::string_view pattern, std::string_view text, NamedTexts& texts) {
    const auto open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == text;
    const auto close = pattern.find('}');
    const std::string_view beginning = pattern.substr(0, open);
    const std::string_view ending = pattern.substr(close + 1);
    const std::size_t literal = beginning.size() + ending.size();
    const bool fits = text.starts_with(beginning) && text.ends_with(ending);
    if (text.size() <= literal || !fits) return false;
    texts.emplace_back(pattern.substr(open + 1, close - open - 1),
                       text.substr(open, text.size() - literal));
    return true;
}

std::optional<NamedTexts> match_path(std::string_view pattern, std::string_view path) {
    if (pattern.ends_with('/') != path.ends_with('/')) return std::nullopt;
    NamedTexts texts;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = take_segment(pattern);
        if (!match_segment(expected, take_segment(path), texts)) return std::nullopt;
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return texts;
}

/// The pattern with all names taken out: two rows of one shape would hide each other.
std::string shape_of(const Route& route) {
    std::string shape(method_name(route.method));
    bool inside = false;
    for (const char c : route.pattern) {
        if (c == '}') inside = false;
        if (!inside) shape += c;
        if (c == '{') inside = true;
    }
    return shape;
}

/// Throws std::logic_error for a name that no path can be read by.
void check_names(std::string_view pattern) {
    for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
        const auto close = pattern.find('}', open);
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        if (!is_capture(name)) throw std::logic_error("no such capture: " + std::string(name));
        pattern.remove_prefix(close);
    }
}

bool serves(const Route& route, Method method) {
    return route.method == method || (method == Method::Head && route.method == Method::Get);
}

}  // namespace

Router::Router(Routes routes) : routes_(std::move(routes)) {
    std::set<std::string> shapes;
    for (const Route& route : routes_) {
        check_names(route.pattern);
        if (!shapes.insert(shape_of(route)).second) {
            throw std::logic_error("two routes of one shape: " + std::string(route.pattern));
        }
    }
}

Match Router::find(Method method, std::string_view path) const {
    Match match;
    const std::string with_slash = std::string(path) + '/';
    if (is_api(path) && !path.ends_with('/')) path = with_slash;
    for (const Route& route : routes_) {
        if (const auto texts = match_path(route.pattern, path)) {
            if (serves(route, method)) {
                match.route = &route;
                match.captures = read_captures(*texts);
                return match;
            }
            match.allowed.push_back(route.method);
        } else if (route.method == Method::Get && match_path(route.pattern, with_slash)) {
            match.slash_missing = true;
        }
    }
    return match;
}

std::string_view method_name(Method method) {
    switch (method) {
        case Method::Get:
            return "GET";
        case Method::Head:
            return "HEAD";
        case Method::Post:
            return "POST";
        case Method::Put:
            return "PUT";
        case Method::Patch:
            return "PATCH";
        case Method::Delete:
            return "DELETE";
        case Method::Other:
            break;
    }
    return "OTHER";
}

std::string_view access_name(Access access) {
    return rule_of(access).name;
}

}  // namespace portal
