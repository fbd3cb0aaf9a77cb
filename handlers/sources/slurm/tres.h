#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace portal::slurm {

/// Ids of resources that Slurm has built in; those from 1001 on are in tres_table.
inline constexpr std::uint32_t kTresCpu = 1;
inline constexpr std::uint32_t kTresMemory = 2;  ///< MiB in rows of jobs
inline constexpr std::uint32_t kTresNode = 4;

/// More cores, nodes or GPUs, and more mebibytes, than any job has; Slurm's "unknown" numbers lie
/// above.
inline constexpr std::uint64_t kMostThings = 1ULL << 24U;
inline constexpr std::uint64_t kMostMebi = 1ULL << 43U;

/// A TRES string: numeric resource id -> count.
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
