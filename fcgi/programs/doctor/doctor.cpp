#include "fcgi/programs/doctor/doctor.h"

#include "fcgi/base/utc_text.h"
#include "fcgi/programs/doctor/parts.h"

namespace portal::doctor {

std::string why(const SourceError& error) {
    std::string text = fault_name(error.fault);
    if (!error.detail.empty()) text += ": " + error.detail;
    return text;
}

std::string written(Instant when) {
    return utc_text(when) + " UTC";
}

std::string lasting(Seconds time) {
    constexpr std::int64_t kTwice = 2;
    const std::int64_t seconds = time.count();
    if (seconds < kTwice * 60) return std::to_string(seconds) + " s";
    if (seconds < kTwice * 3600) return std::to_string(seconds / 60) + " min";
    if (seconds < kTwice * 86400) return std::to_string(seconds / 3600) + " h";
    return std::to_string(seconds / 86400) + " days";
}

Report examine(const Config& config, const std::string& web_server, const Clock& clock) {
    Report report;
    report.ok("files", "both configuration files are good");
    examine_measurements(config, clock, report);
    examine_databases(config, clock, report);
    examine_directory(config, clock, report);
    examine_web_server(web_server, config, clock, report);
    describe_modules(config, report);
    return report;
}

}  // namespace portal::doctor
