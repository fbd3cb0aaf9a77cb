#include "fcgi/programs/doctor/doctor.h"

#include "fcgi/programs/doctor/databases.h"
#include "fcgi/programs/doctor/directory.h"
#include "fcgi/programs/doctor/modules.h"
#include "fcgi/programs/doctor/prometheus/jobs_and_series.h"
#include "fcgi/programs/doctor/prometheus/measurements.h"
#include "fcgi/programs/doctor/prometheus/series.h"
#include "fcgi/programs/doctor/web_server.h"

namespace portal::doctor {

Report examine(const Config& config, const std::string& web_server, const Clock& clock) {
    Report report;
    report.ok("files", "both configuration files are good");
    examine_measurements(config, clock, report);
    examine_series(config, clock, report);
    examine_databases(config, clock, report);
    compare_jobs_and_series(config, clock, report);
    examine_directory(config, clock, report);
    examine_web_server(web_server, config, clock, report);
    describe_modules(config, report);
    return report;
}

}  // namespace portal::doctor
