#include "handlers/jobstats/advice/headline.h"

#include <algorithm>

#include "handlers/jobs/job_text.h"

namespace portal::jobstats {
namespace {

using views::Grade;
using views::sentence;

bool is_judged(const JobFacts& facts, std::string_view key) {
    const JobMeasure& measure = job_measure(key);
    if (!applies(measure, facts)) return false;
    const Grade grade = share_of(measure, facts).grade;
    return grade == Grade::Good || grade == Grade::Fair;
}

bool is_odd(const JobFacts& facts) {
    return std::any_of(job_measures().begin(), job_measures().end(), [&](const JobMeasure& one) {
        return applies(one, facts) && share_of(one, facts).grade == Grade::Odd;
    });
}

/// Something that it holds was used well, and nothing speaks against it.
bool ran_well(const JobFacts& facts) {
    if (!facts.run.job.run_known() || facts.measures.missing || is_odd(facts)) return false;
    return is_judged(facts, "gpu") || (!facts.run.has_gpus() && is_judged(facts, "cores"));
}

/// What a failed job wasted comes after how it failed.
bool leads(const Rule& rule, JobState state) {
    const bool heavy = rule.severity != Rule::Severity::Information;
    return is_failure(state) ? rule.severity == Rule::Severity::Error : heavy;
}

Grade grade_of(const Rule& rule) {
    return rule.severity == Rule::Severity::Error ? Grade::Poor : Grade::Fair;
}

}  // namespace

views::Headline headline_of(const std::vector<Finding>& findings, const Values& values,
                            const JobFacts& facts, Language language) {
    const slurm::Job& job = facts.run.job;
    if (!findings.empty() && leads(*findings.front().rule, job.state)) {
        const Finding& first = findings.front();
        return {sentence_of(first.rule->title.in(language), values),
                first.lost ? lost_sentence(*first.lost, facts.site) : views::Sentence{},
                grade_of(*first.rule)};
    }
    if (job.state == JobState::Completed && ran_well(facts)) {
        return {findings.empty() ? sentence("Ran well. Nothing to change.") : sentence("Ran well."),
                {},
                Grade::Good};
    }
    if (facts.run.running && job.state == JobState::Running && ran_well(facts)) {
        return {sentence("Running well so far."), {}, Grade::Good};
    }
    if (is_failure(job.state)) return {state_sentence(job), {}, Grade::Poor};
    return {};
}

}  // namespace portal::jobstats
