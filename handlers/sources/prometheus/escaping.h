#pragma once

#include <string>
#include <string_view>

namespace portal::promql {

/// A label value as PromQL writes it, without the quotes.
[[nodiscard]] std::string escape_value(std::string_view value);
/// A value as a regular expression that matches only itself (not yet escaped as a label value).
[[nodiscard]] std::string escape_regex(std::string_view value);

}  // namespace portal::promql
