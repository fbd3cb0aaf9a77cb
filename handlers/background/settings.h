#pragma once

#include <cstdint>

#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal {

struct Site;

/// How the background service works; it needs the portal's own database.
struct BackgroundSettings {
    double share = 0.1;       ///< of the sources' time that it may use
    std::uint32_t jobs = 20;  ///< summaries made in one step
    /// After the end of a job, until its last samples are in.
    Seconds delay = prometheus::kLastSamplesArrive;
    std::uint32_t keep_days = 0;            ///< of summaries; 0: for ever
    std::uint32_t keep_storage_days = 400;  ///< of copies of who holds what; 0: for ever
    bool operator==(const BackgroundSettings&) const = default;
};

/// Reads [background]. Throws ConfigError.
void read_background(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
