#pragma once

#include <optional>
#include <span>
#include <string>

#include "fcgi/base/units.h"

namespace portal::jobstats {

/// What a script does that rules speak of. Lines are counted from one; 0: nowhere.
struct ScriptScan {
    bool known = false;     ///< there is a script, and it was looked at
    bool launches = false;  ///< srun, mpirun, mpiexec or the like starts something
    std::size_t sleep_line = 0;
    Seconds sleep{0};  ///< the longest one
    std::size_t conda_line = 0;
    std::size_t threads_line = 0;
    std::optional<double> threads;  ///< the number that OMP_NUM_THREADS or its like is set to
};

/// Reads commands, not comments; a few thousand lines at most are given to it.
[[nodiscard]] ScriptScan scan_script(std::span<const std::string> lines);

}  // namespace portal::jobstats
