#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fcgi/http/request.h"

namespace portal {

/// The page's own address with one query parameter set and the `replaced` ones gone; the others
/// stay as they are. An empty value leaves the parameter out.
[[nodiscard]] std::string page_link(const Request& request, const std::string& page,
                                    std::span<const std::string_view> replaced,
                                    std::string_view name, std::string_view value);

}  // namespace portal
