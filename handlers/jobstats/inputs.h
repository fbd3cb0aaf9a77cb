#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

/// What the rules about jobs can speak of: the closed list that the conditions and texts of
/// [rule NAME] name. Their values come from handlers/jobstats/advice/values.h.
enum class Input : std::size_t {
    Completed,
    Running,
    Failed,
    TimedOut,
    OutOfMemory,
    RunTime,
    TimeLimit,
    TimeShare,
    TimeGrade,
    Nodes,
    IdleNodes,
    IdleNodeNames,
    BusyNodes,
    BusyNodeNames,
    Cores,
    CoresUsed,
    CoresIdle,
    CoresShare,
    CoresPeak,
    CoresGrade,
    EvenCores,
    Threads,
    Memory,
    MemoryPeak,
    MemoryShare,
    MemoryRss,
    MemoryGrade,
    MemoryRise,
    MemoryFullIn,
    Gpus,
    GpusIdle,
    IdleGpuNames,
    GpuShare,
    GpuBusiest,
    GpuGrade,
    GpuPowerShare,
    GpusQuiet,
    GpuMemory,
    GpuMemoryPeak,
    GpuMemoryShare,
    GpuMemoryGrade,
    FileOperations,
    FilesOpened,
    FilesDeleted,
    FileRequests,
    RequestSize,
    ArrayTasks,
    ByDcgm,
    ScriptSleepLine,
    ScriptSleep,
    ScriptCondaLine,
    ScriptUnlaunched,
    ScriptThreadsLine,
    ScriptThreads,
    Count
};
inline constexpr auto kInputCount = static_cast<std::size_t>(Input::Count);

/// What a value is: how a condition writes its limit, and a text the value.
enum class InputUnit { Flag, Count, Share, Time, Amount, Growth, Grade, Names };

struct InputKind {
    std::string_view name;
    InputUnit unit;
};

/// Name and unit of an input.
[[nodiscard]] const InputKind& kind_of(Input input);
/// Empty: there is none of that name.
[[nodiscard]] std::optional<Input> input_of(std::string_view name);
/// All names, comma separated.
[[nodiscard]] std::string input_names();

/// Grades as inputs: compared as numbers, written as words.
inline constexpr double kPoorGrade = 0;
inline constexpr double kFairGrade = 1;
inline constexpr double kGoodGrade = 2;

/// The values of one job. Empty: not known, or not measured well enough to advise on; no rule that
/// speaks of it holds then.
struct Values {
    std::array<std::optional<double>, kInputCount> numbers{};
    std::array<std::string, kInputCount> names{};

    [[nodiscard]] const std::optional<double>& operator[](Input input) const {
        return numbers[static_cast<std::size_t>(input)];
    }
    std::optional<double>& operator[](Input input) {
        return numbers[static_cast<std::size_t>(input)];
    }
    [[nodiscard]] const std::string& names_of(Input input) const {
        return names[static_cast<std::size_t>(input)];
    }
};

}  // namespace portal
