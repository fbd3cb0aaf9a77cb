#pragma once

#include <string>

#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"
#include "handlers/sources/sql/settings.h"
#include "handlers/sources/sql/stored_text.h"

namespace portal::slurm {

/// How to reach Slurm's accounting database; filled from both configuration files.
struct Settings : sql::SessionSettings {
    using Text = sql::StoredText;
    Settings() { database = "slurm_acct_db"; }
    std::string cluster;
    Text text = Text::Guessed;
    unsigned threads_per_core = 1;  ///< hardware threads of one allocated core
    /// A job may run past its limit by this or by another limit, whichever is longer, before its
    /// end is taken to be lost: sites have OverTimeLimit and grace times.
    Seconds lost_after = kDay;
    bool operator==(const Settings&) const = default;
};

/// Reads [slurm], without the cluster's name, which is in [portal] of the main file. Throws
/// ConfigError.
void read_section(const ini::File& file, const ini::Section& section, Settings& settings);
/// Reads the section of that name of the secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::slurm
