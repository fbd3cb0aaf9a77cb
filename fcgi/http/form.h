#pragma once

#include <string_view>
#include <vector>

#include "fcgi/http/request.h"

namespace portal {

/// Fields of a form sent as application/x-www-form-urlencoded, decoded, in their order. Throws
/// HttpError 400 if there are more than 64 of them or one is not UTF-8.
[[nodiscard]] std::vector<QueryParameter> read_form(std::string_view body);

}  // namespace portal
