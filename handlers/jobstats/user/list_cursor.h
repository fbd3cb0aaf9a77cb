#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "handlers/jobs/job_list.h"

namespace portal::jobstats {

/// A position as the address has it: `s1700000000-1700003600-4711` for jobs that started, `n…` for
/// those that never did, `w…` for those that wait; a point separates two of them.
[[nodiscard]] std::string position_text(const ListPosition& position);

/// Empty optional if it is not one of ours.
[[nodiscard]] std::optional<ListPosition> parse_position(std::string_view text);

}  // namespace portal::jobstats
