#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace portal::slurm {

/// A TRES string: numeric resource id -> count. Ids: 1 cpu, 2 memory (MiB in job rows), 4 node,
/// 1001 and up as in tres_table.
using TresCounts = std::map<std::uint32_t, std::uint64_t>;

/// Reads `1=64,2=128000,4=1,1001=2`. Empty text is legal: no resources. Empty optional if it is not
/// a TRES string (an id twice, a missing number, one past 64 bits).
[[nodiscard]] std::optional<TresCounts> parse_tres(std::string_view text);

/// One row of tres_table, as far as GPUs go: the id, and the name after `gres/gpu:`, empty for the
/// untyped `gres/gpu`.
struct GpuTres {
    std::uint32_t id = 0;
    std::string model;
};

}  // namespace portal::slurm
