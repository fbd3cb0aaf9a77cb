#pragma once

#include <string>
#include <string_view>

#include "views/base/words.h"

namespace portal::views {

/// A template with its `[[...]]` marks replaced by their translations, escaped for HTML; markers
/// inside a mark stay markers. Throws std::runtime_error on a mark without an end.
[[nodiscard]] std::string translate_template(std::string_view text, const Words& words);

}  // namespace portal::views
