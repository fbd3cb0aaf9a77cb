#include "fcgi/programs/doctor/words.h"

#include "fcgi/base/time.h"

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

}  // namespace portal::doctor
