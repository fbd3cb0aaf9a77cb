#pragma once

#include <string>

#include "fcgi/base/result.h"
#include "fcgi/base/time.h"
#include "fcgi/config/config.h"
#include "fcgi/programs/doctor/report.h"

/// The parts of examine(), one for each kind of source.
namespace portal::doctor {

/// Prometheus, its clock, and each exporter: how much it sends, and since when it is silent.
void examine_measurements(const Config& config, const Clock& clock, Report& report);
/// Slurm's database, Robinhood's, and the portal's own: questions, grants, clocks, schema.
void examine_databases(const Config& config, const Clock& clock, Report& report);
/// LDAP: people and allocations, by the owner of a job that runs.
void examine_directory(const Config& config, const Clock& clock, Report& report);
/// The virtual host: certificate, sockets, folders.
void examine_web_server(const std::string& file, const Config& config, const Clock& clock,
                        Report& report);
/// What each module will show with what is configured.
void describe_modules(const Config& config, Report& report);

/// Why a source gave no answer, for a person: "unreachable: Connection refused".
[[nodiscard]] std::string why(const SourceError& error);
/// 2026-01-31 12:00 UTC.
[[nodiscard]] std::string written(Instant when);
/// "3 s", "5 min", "2 h", "4 days".
[[nodiscard]] std::string lasting(Seconds time);

/// Further than this, two clocks are said to differ.
inline constexpr Seconds kClockSlack{5};

}  // namespace portal::doctor
