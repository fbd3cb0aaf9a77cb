#pragma once

#include <string>
#include <string_view>

namespace portal {

/// The page that a path of this pattern belongs to, for the audit: of a graph or a file, the page
/// that shows it.
[[nodiscard]] std::string page_of(std::string_view path, std::string_view pattern);

}  // namespace portal
