#pragma once

#include <string>

namespace portal::jobstats {

/// Bytes rounded up as people write them: 500M, 9G, 72G.
[[nodiscard]] double friendly_memory(double bytes);
/// The same as an option's value: a whole number of GiB, or of MiB.
[[nodiscard]] std::string memory_text(double bytes);

/// Seconds rounded up to what people write: 5 minutes of an hour, an hour of days.
[[nodiscard]] double friendly_time(double seconds);
/// The same as Slurm reads it: 3:15:00, 2-00:00:00.
[[nodiscard]] std::string time_text(double seconds);

[[nodiscard]] std::string count_text(double count);

}  // namespace portal::jobstats
