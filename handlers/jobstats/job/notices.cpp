#include "handlers/jobstats/job/notices.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

#include "handlers/jobs/job_text.h"

namespace portal::jobstats {
namespace {

using views::Argument;
using views::mark;
using views::Notice;
using Weight = views::Notice::Weight;

using slurm::RowFault;

constexpr double kWorthTelling = 3;  // samples

template <RowFault fault>
bool has_fault(const JobFacts& facts) {
    return facts.run.job.fault == fault;
}

/// Share of the run that samples of all it used cover.
double covered_share(const JobFacts& facts) {
    const Measures& measures = facts.measures;
    return facts.run.has_gpus() ? std::min(measures.covered, measures.gpu_covered)
                                : measures.covered;
}

bool partly_measured(const JobFacts& facts) {
    return !facts.measures.missing && covered_share(facts) < kMostCovered;
}

bool not_seen(const JobFacts& facts) {
    const Measures& measures = facts.measures;
    return !measures.missing && covered_share(facts) >= kMostCovered && facts.run.sampled() &&
           (measures.cores_from_steps || !number(measures.cores));
}

/// Memory came from the nodes, cores did not.
bool cores_not_counted(const JobFacts& facts) {
    const Measures& measures = facts.measures;
    return not_seen(facts) && number(measures.memory) && !measures.memory_from_steps;
}

Argument covered_argument(const JobFacts& facts) {
    return views::percent_argument(covered_share(facts));
}

Argument retention_days(const JobFacts& facts) {
    const auto days = std::chrono::floor<std::chrono::days>(facts.site.retention);
    return views::number_argument(static_cast<double>(days.count()));
}

bool past_retention(const JobFacts& facts) {
    return facts.run.coverage == Coverage::PastRetention;
}

/// Its summary has what was measured.
bool has_samples(const JobFacts& facts) {
    const Measures& measures = facts.measures;
    const bool cores = number(measures.cores) && !measures.cores_from_steps;
    const bool memory = number(measures.memory) && !measures.memory_from_steps;
    return measures.kept && (cores || memory);
}

Argument kept_until(const JobFacts& facts) {
    return views::instant_argument(facts.run.range.to + facts.site.retention);
}

const std::array kRules = {
    NoticeRule{
        .name = "end lost",
        .weight = Weight::Warning,
        .applies = &has_fault<RowFault::EndLost>,
        .text = mark("Slurm never recorded when this job ended, so how long it ran is not known."),
    },
    NoticeRule{
        .name = "start lost",
        .weight = Weight::Warning,
        .applies = &has_fault<RowFault::StartLost>,
        .text = mark("Slurm never recorded when this job started, so how long it ran is not "
                     "known."),
    },
    NoticeRule{
        .name = "end before start",
        .weight = Weight::Warning,
        .applies = &has_fault<RowFault::EndBeforeStart>,
        .text = mark("Slurm recorded an end before the start, so how long this job ran is not "
                     "known."),
    },
    NoticeRule{
        .name = "ended yet going on",
        .weight = Weight::Warning,
        .applies = &has_fault<RowFault::EndedYetGoingOn>,
        .text = mark("Slurm recorded an end of this job, and a state that is not over: how long it "
                     "ran is not known."),
    },
    NoticeRule{
        .name = "suspended too long",
        .weight = Weight::Warning,
        .applies = &has_fault<RowFault::SuspendedTooLong>,
        .text = mark("Slurm recorded that this job was suspended for longer than it ran: how long "
                     "it computed is not known."),
    },
    NoticeRule{
        .name = "suspended",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) {
                return f.run.job.run_known() && f.run.job.suspended.count() > 0;
            },
        .text = mark("It was suspended for {0}. This time counts neither as run time nor for its "
                     "cost."),
        .argument = [](const JobFacts& f) { return views::duration_argument(f.run.job.suspended); },
    },
    NoticeRule{
        .name = "measurements away",
        .weight = Weight::Warning,
        .applies = [](const JobFacts& f) { return f.measures.missing.has_value(); },
        .text = mark(
            "Measurements are not available at the moment. The figures below come from Slurm."),
    },
    NoticeRule{
        .name = "partly measured, by Slurm",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) { return partly_measured(f) && f.measures.cores_from_steps; },
        .text = mark(
            "Only {0} of the run was measured. The figures for cores and memory come from Slurm."),
        .argument = &covered_argument,
    },
    NoticeRule{
        .name = "partly measured",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) { return partly_measured(f) && !f.measures.cores_from_steps; },
        .text = mark("Only {0} of the run was measured. The figures cover that part, so no advice "
                     "is given."),
        .argument = &covered_argument,
    },
    NoticeRule{
        .name = "not seen",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return not_seen(f) && !cores_not_counted(f); },
        .text = mark("This job's nodes sent no measurements. The figures below come from Slurm, "
                     "where available."),
    },
    NoticeRule{
        .name = "cores not counted",
        .weight = Weight::Information,
        .applies = &cores_not_counted,
        .text = mark("The use of cores is not measured on this job's nodes. The figure below comes "
                     "from Slurm, where available."),
        .anchor = "graph-mem",
    },
    NoticeRule{
        .name = "impossible samples",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return f.measures.odd_samples >= kWorthTelling; },
        .text = mark("{0} measurements of its memory or GPUs were impossible and are left out."),
        .argument =
            [](const JobFacts& f) {
                return views::number_argument(std::round(f.measures.odd_samples));
            },
    },
    NoticeRule{
        .name = "impossible counts of cores",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) { return f.measures.leapt && !f.measures.cores_from_steps; },
        .text = mark("The count of its processor time restarted or leapt. What is impossible is "
                     "left out."),
        .anchor = "graph-cpu",
    },
    NoticeRule{
        .name = "GPUs that Slurm does not count",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) {
                return f.measures.gpus > 0 && f.run.job.allocated.gpus.count == 0;
            },
        .text =
            mark("Slurm does not count GPUs of this job. They are shown as they were measured: if "
                 "other jobs share them, with what these do and take there."),
        .anchor = "graph-gpu_utilization",
    },
    NoticeRule{
        .name = "GPUs of others",
        .weight = Weight::Warning,
        .applies = [](const JobFacts& f) { return sees_others_gpus(f.run, f.measures); },
        .text = mark("Its nodes show {0} GPUs for this job, more than it had. Which are its own is "
                     "not known: its use of GPUs is not judged, and its energy is not known."),
        .argument = [](const JobFacts& f) { return views::number_argument(f.measures.gpus); },
        .anchor = "graph-gpu_utilization",
    },
    NoticeRule{
        .name = "steps side by side",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return number(f.measures.memory_at_most).has_value(); },
        .text =
            mark("Some of its steps ran side by side. Slurm has only the peak of each: together "
                 "they used at most {0} of memory, and at least the largest of them."),
        .argument =
            [](const JobFacts& f) {
                return views::bytes_argument(number(f.measures.memory_at_most).value_or(0));
            },
    },
    NoticeRule{
        .name = "parts of cards",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) {
                return with_power(f.run, f.site) && f.measures.parts_of_cards;
            },
        .text = mark("Some of its GPUs are parts of a card (MIG). Power is measured for whole "
                     "cards only, so its energy is not known."),
        .anchor = "graph-gpu_utilization",
    },
    NoticeRule{
        .name = "power partly measured",
        .weight = Weight::Information,
        .applies =
            [](const JobFacts& f) {
                return number(f.measures.kwh) && f.measures.energy_covered < kMostCovered;
            },
        .text =
            mark("Power was measured for only {0} of the time, so energy and cost are too low."),
        .argument =
            [](const JobFacts& f) { return views::percent_argument(f.measures.energy_covered); },
        .anchor = "graph-power",
    },
    NoticeRule{
        .name = "skeleton",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return f.run.job.skeleton; },
        .text = mark("Slurm has not recorded everything about this job yet."),
    },
    NoticeRule{
        .name = "nodes unreadable",
        .weight = Weight::Warning,
        .applies = [](const JobFacts& f) { return f.run.job.nodes_unreadable; },
        .text = mark("The list of its nodes cannot be read: measurements of nodes are missing."),
    },
    NoticeRule{
        .name = "short",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return f.run.coverage == Coverage::Short; },
        .text = mark("The job was too short to be measured. The figures below come from Slurm."),
    },
    NoticeRule{
        .name = "past retention",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return past_retention(f) && !has_samples(f); },
        .text = mark("Measurements are kept for {0} days; this job is older. The figures below "
                     "come from Slurm."),
        .argument = &retention_days,
    },
    NoticeRule{
        .name = "kept",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return past_retention(f) && has_samples(f); },
        .text = mark("Its measurements were kept until {0}, so there are no graphs. The figures "
                     "below were taken from them when it had ended."),
        .argument = &kept_until,
    },
    NoticeRule{
        .name = "not measured",
        .weight = Weight::Information,
        .applies = [](const JobFacts& f) { return f.run.coverage == Coverage::NotMeasured; },
        .text = mark("This cluster does not measure jobs. The figures below come from Slurm."),
    },
};

Notice rule_notice(const NoticeRule& rule, const JobFacts& facts) {
    Notice notice{rule.weight, {}, {}, rule.anchor};
    notice.text.id = rule.text;
    if (rule.argument != nullptr) notice.text.arguments = {rule.argument(facts)};
    return notice;
}

std::optional<Notice> state_notice(const slurm::Job& job) {
    const views::Sentence said = state_sentence(job);
    if (said.empty()) return std::nullopt;
    const Weight weight = is_failure(job.state) ? Weight::Error : Weight::Information;
    return Notice{weight, {}, said, job.state == JobState::OutOfMemory ? "graph-mem" : ""};
}

Argument amount_argument(const Reading& reading, views::Unit unit) {
    const double amount = number(reading).value_or(0);
    switch (unit) {
        case views::Unit::Bytes:
            return views::bytes_argument(amount);
        case views::Unit::Seconds:
            return views::duration_argument(Seconds{static_cast<long>(amount)});
        case views::Unit::Ratio:
            return views::percent_argument(amount);
        default:
            return views::number_argument(amount);
    }
}

/// The notice of a measure of which the job used more than it had.
Notice odd_notice(const JobMeasure& measure, const JobFacts& facts) {
    Notice notice{Weight::Warning, {}, {}, measure.anchor};
    notice.text = {measure.odd,
                   {amount_argument(value_of(measure.used, facts), measure.unit),
                    amount_argument(value_of(measure.whole, facts), measure.unit)}};
    return notice;
}

bool is_odd(const JobMeasure& measure, const JobFacts& facts) {
    return measure.odd != nullptr && applies(measure, facts) &&
           share_of(measure, facts).grade == views::Grade::Odd;
}

}  // namespace

std::span<const NoticeRule> notice_rules() {
    return kRules;
}

std::vector<Notice> notices_of(const JobFacts& facts, const std::vector<Notice>& advice) {
    std::vector<Notice> notices;
    const bool said = !advice.empty() && advice.front().weight == Weight::Error;
    if (const auto state = state_notice(facts.run.job); state && !said) notices.push_back(*state);
    notices.insert(notices.end(), advice.begin(), advice.end());
    for (const JobMeasure& measure : job_measures()) {
        if (facts.run.job.run_known() && is_odd(measure, facts)) {
            notices.push_back(odd_notice(measure, facts));
        }
    }
    for (const NoticeRule& rule : kRules) {
        if (rule.applies(facts)) notices.push_back(rule_notice(rule, facts));
    }
    if (!facts.run.sampled()) {
        for (Notice& notice : notices) notice.anchor.clear();  // there are no graphs
    }
    std::stable_sort(notices.begin(), notices.end(), [](const Notice& left, const Notice& right) {
        return left.weight < right.weight;
    });
    return notices;
}

}  // namespace portal::jobstats
