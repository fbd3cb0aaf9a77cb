#include "fcgi/programs/doctor/doctor.h"

#include "fcgi/base/time.h"
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
    if (time < kTwice * kMinute) return std::to_string(time.count()) + " s";
    if (time < kTwice * kHour) return std::to_string(time / kMinute) + " min";
    if (time < kTwice * kDay) return std::to_string(time / kHour) + " h";
    return std::to_string(time / kDay) + " days";
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
