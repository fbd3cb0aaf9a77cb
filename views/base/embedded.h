#pragma once

#include <span>
#include <string_view>

namespace portal::views::embedded {

struct Named {
    std::string_view name;
    std::string_view text;
};

/// The templates as written, by file name. Built into the program, like everything here.
[[nodiscard]] std::span<const Named> templates();
/// Static files: plain name ("portal.css") and the name with the hash under which it is served.
[[nodiscard]] std::span<const Named> assets();
/// The compiled catalogues (.mo) of all languages but English, in the order of kLanguages.
[[nodiscard]] std::span<const std::string_view> catalogues();

}  // namespace portal::views::embedded
