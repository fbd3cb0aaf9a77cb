#include "handlers/jobstats/job/resources.h"

#include <optional>

namespace portal::jobstats {
namespace {

/// A cell of the table: empty where the measure has no such value, or has none yet.
std::optional<Reading> cell(JobMeasure::Value value, const JobFacts& facts, bool may_be_missing) {
    if (value == nullptr) return std::nullopt;
    Reading reading = value(facts);
    if (!may_be_missing && std::holds_alternative<NoData>(reading)) return std::nullopt;
    return reading;
}

views::ResourceRow row_of(const JobMeasure& measure, const JobFacts& facts) {
    const bool started = facts.run.job.run_known();
    // Of what has no share, such as the number of GPUs, nothing is missing when it is not measured.
    const bool has_share = measure.whole != nullptr || measure.share != nullptr;
    return {
        .name = measure.row,
        .unit = measure.unit,
        .requested = cell(measure.requested, facts, false),
        .allocated = cell(measure.allocated, facts, started),
        .used = cell(measure.used, facts, started && has_share),
        .share = share_of(measure, facts),
        .detail = measure.detail == nullptr ? std::string{} : measure.detail(facts),
        .unlimited = measure.key == "time" && facts.run.job.unlimited,
    };
}

}  // namespace

std::vector<views::ResourceRow> resources_of(const JobFacts& facts) {
    std::vector<views::ResourceRow> rows;
    for (const JobMeasure& measure : job_measures()) {
        if (measure.row == nullptr || !applies(measure, facts)) continue;
        rows.push_back(row_of(measure, facts));
    }
    return rows;
}

}  // namespace portal::jobstats
