#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portal::slurm {

/// Names of a Slurm host list in its whole grammar (`n[1-2],g[08-11,15]x[0-3],login`), in the order
/// written. Empty for `None assigned` and for empty text. Empty optional if the text is no host
/// list or names more than `most` hosts.
[[nodiscard]] std::optional<std::vector<std::string>> expand_hostlist(std::string_view text,
                                                                      std::size_t most = 16384);

}  // namespace portal::slurm
