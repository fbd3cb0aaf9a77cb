#include "handlers/jobstats/job/verdicts.h"

namespace portal::jobstats {
namespace {

views::Verdict verdict_of(const JobMeasure& measure, const JobFacts& facts) {
    const bool ratio = measure.unit == views::Unit::Ratio;
    return {
        .key = measure.key,
        .name = measure.tile,
        .unit = measure.unit,
        .share = share_of(measure, facts),
        .used = value_of(measure.used, facts),
        .whole = ratio ? Reading{NoData{}} : value_of(measure.whole, facts),
        .word = word_of(measure, facts),
        .anchor = facts.run.sampled() ? measure.anchor : "",  // or there are no graphs
        .from_steps = measure.from_steps != nullptr && measure.from_steps(facts.measures),
    };
}

}  // namespace

std::vector<views::Verdict> verdicts_of(const JobFacts& facts) {
    std::vector<views::Verdict> verdicts;
    if (!facts.run.job.run_known()) return verdicts;
    for (const JobMeasure& measure : job_measures()) {
        if (measure.tile == nullptr || !applies(measure, facts)) continue;
        verdicts.push_back(verdict_of(measure, facts));
    }
    return verdicts;
}

}  // namespace portal::jobstats
