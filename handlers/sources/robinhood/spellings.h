#pragma once

#include <string>
#include <vector>

namespace portal::robinhood {

/// Names of groups as the directory writes them, and in the lower case that nodes may make of them:
/// what to ask a database for that compares letter by letter.
[[nodiscard]] std::vector<std::string> spellings_of(const std::vector<std::string>& groups);

}  // namespace portal::robinhood
