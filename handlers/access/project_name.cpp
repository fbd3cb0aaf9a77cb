#include "handlers/access/project_name.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::ptrdiff_t kMostCharacters = 64;
constexpr std::string_view kUuidShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

bool is_hexadecimal(char c) {
    return ascii::is_hex_digit(c) && !ascii::is_upper(c);
}

}  // namespace

bool is_project_name(std::string_view text) {
    constexpr std::string_view kForbidden = "/\"'\\{}";
    const auto forbidden = [&](char c) {
        return ascii::is_control(c) || kForbidden.find(c) != std::string_view::npos;
    };
    return !text.empty() && text::is_utf8(text) && text.front() != ' ' && text.back() != ' ' &&
           std::count_if(text.begin(), text.end(), &text::begins_character) <= kMostCharacters &&
           std::none_of(text.begin(), text.end(), forbidden);
}

bool is_uuid(std::string_view text) {
    const auto fits = [](char shape, char c) {
        return shape == 'x' ? is_hexadecimal(c) : c == shape;
    };
    return std::equal(kUuidShape.begin(), kUuidShape.end(), text.begin(), text.end(), fits);
}

}  // namespace portal
