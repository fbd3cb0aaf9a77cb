#include "fcgi/programs/doctor/report.h"

#include <algorithm>
#include <utility>

#include "fcgi/base/json_writer.h"

namespace portal::doctor {
namespace {

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(out.size(), width), ' ');
    return out;
}

}  // namespace

std::string_view level_name(Level level) {
    switch (level) {
        case Level::Ok:
            return "ok";
        case Level::Warning:
            return "warning";
        case Level::Error:
            return "error";
    }
    return "error";
}

void Report::ok(std::string subject, std::string text) {
    findings_.push_back({std::move(subject), Level::Ok, std::move(text)});
}

void Report::warn(std::string subject, std::string text) {
    findings_.push_back({std::move(subject), Level::Warning, std::move(text)});
}

void Report::fail(std::string subject, std::string text) {
    findings_.push_back({std::move(subject), Level::Error, std::move(text)});
}

bool Report::is_well(std::string_view subject) const {
    return std::all_of(findings_.begin(), findings_.end(), [&](const Finding& finding) {
        return finding.subject != subject || finding.level == Level::Ok;
    });
}

Level Report::worst() const {
    Level worst = Level::Ok;
    for (const Finding& finding : findings_) worst = std::max(worst, finding.level);
    return worst;
}

std::string Report::text() const {
    std::size_t width = 0;
    for (const Finding& finding : findings_) width = std::max(width, finding.subject.size());
    std::string out;
    for (const Finding& finding : findings_) {
        out += padded(level_name(finding.level), 9) + padded(finding.subject, width + 2);
        out += finding.text + '\n';
    }
    const auto count = [&](Level level) {
        return std::count_if(findings_.begin(), findings_.end(),
                             [&](const Finding& finding) { return finding.level == level; });
    };
    out += std::to_string(count(Level::Error)) + " errors, ";
    out += std::to_string(count(Level::Warning)) + " warnings\n";
    return out;
}

std::string Report::json() const {
    JsonWriter json;
    json.begin_object();
    json.key("status").value(level_name(worst()));
    json.key("findings").begin_array();
    for (const Finding& finding : findings_) {
        json.begin_object();
        json.key("subject").value(finding.subject);
        json.key("level").value(level_name(finding.level));
        json.key("text").value(finding.text);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take() + "\n";
}

}  // namespace portal::doctor
