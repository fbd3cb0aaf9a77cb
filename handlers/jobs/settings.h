#pragma once

#include <map>
#include <string>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"
#include "handlers/sources/prometheus/exporter_settings.h"

namespace portal {

struct Site;

/// One GPU model, named as in the label gpu_type.
struct GpuModel {
    std::string type;
    std::string label;
    std::string gres;
    double memory_gib = 0;
    [[nodiscard]] double memory_bytes() const { return memory_gib * kGibibyte; }
    double power_w = 0;
    double idle_power_w = 0;
    double cores = 0;  ///< CPU cores that belong to one; 0: the site does not say
    bool operator==(const GpuModel&) const = default;
};

/// Limits of one verdict, in percent of what the job had.
struct VerdictLimits {
    double good = 75;
    double poor = 40;
    LocalText poor_text;  ///< empty: the portal's own sentence
    bool operator==(const VerdictLimits&) const = default;
};

/// Keys: time, cores, memory, gpu, gpu_memory.
using VerdictTable = std::map<std::string, VerdictLimits>;

/// The limits that hold where the configuration has no others.
[[nodiscard]] VerdictTable usual_verdicts();
/// The row of GPUs, by what their use means at the site.
[[nodiscard]] VerdictLimits usual_gpu_verdict(JobExporter::GpuUse meaning);

/// Reads one [gpu NAME]. Throws ConfigError.
void read_gpu(const ini::File& file, const ini::Section& section, Site& site);
/// Reads one [verdict NAME]. Throws ConfigError.
void read_verdict(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
