#include "handlers/jobstats/measures/job_measures.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "handlers/jobs/gpu_model.h"
#include "handlers/jobs/shares.h"

namespace portal::jobstats {
namespace {

using views::Grade;
using views::mark;
using views::sentence;
using views::Unit;

/// A count that Slurm wrote; zero means that it wrote none.
Reading count(double value) {
    if (value <= 0) return NoData{};
    return value;
}

Reading seconds(std::optional<Seconds> time) {
    if (!time) return NoData{};
    return static_cast<double>(time->count());
}

Reading bytes(Bytes amount) {
    return count(static_cast<double>(amount.count));
}

/// What it used of its limit says something if it ran at all.
Reading limit_of_run(const JobFacts& facts) {
    const bool ran = facts.run.job.run_known() && facts.run.ran_since_start().count() > 0;
    return ran ? seconds(facts.run.job.time_limit) : NoData{};
}

std::optional<StateGrade> time_by_state(const JobRun& run) {
    if (run.running) return StateGrade{Grade::Unknown, sentence("Running")};
    if (run.job.state != JobState::Timeout) return std::nullopt;
    return StateGrade{Grade::Poor, sentence("Ran out of time")};
}

std::optional<StateGrade> memory_by_state(const JobRun& run) {
    if (run.job.state != JobState::OutOfMemory) return std::nullopt;
    return StateGrade{Grade::Poor, sentence("Not enough")};
}

bool has_gpus(const JobFacts& facts) {
    return facts.run.has_gpus();
}

const slurm::GpuCount& gpus_of(const JobFacts& facts) {
    return facts.run.has_gpus() ? facts.run.job.allocated.gpus : facts.run.job.requested.gpus;
}

const GpuModel* model_of(const JobFacts& facts) {
    return gpu_model(gpus_of(facts), facts.measures.gpu_types, facts.site);
}

/// Where Slurm counts none.
Reading measured_gpus(const JobFacts& facts) {
    return gpus_of(facts).count > 0 ? NoData{} : count(facts.measures.gpus);
}

std::string gpu_name(const JobFacts& facts) {
    const GpuModel* model = model_of(facts);
    return model != nullptr ? model->label : gpus_of(facts).model;
}

Reading full_gpu_power(const JobFacts& facts) {
    const GpuModel* model = model_of(facts);
    if (model == nullptr) return NoData{};
    return count(model->power_w * facts.run.gpus());
}

/// Watts of watts: an idle card draws some.
Reading share_of_power(const JobFacts& facts) {
    const auto watts = number(facts.measures.gpu_watts);
    const auto full = number(full_gpu_power(facts));
    if (!watts || !full || *full <= 0) return NoData{};
    return std::min(*watts / *full, 1.0);
}

/// Slurm's step table counts the whole run.
double cores_covered(const Measures& measures) {
    return measures.cores_from_steps ? 1 : measures.covered;
}
double memory_covered(const Measures& measures) {
    return measures.memory_from_steps ? 1 : measures.covered;
}
double gpus_covered(const Measures& measures) {
    return measures.gpu_covered;
}

const std::array kMeasures = {
    JobMeasure{
        .key = "time",
        .tile = mark("Time"),
        .row = mark("Time"),
        .unit = Unit::Seconds,
        .requested = [](const JobFacts& f) { return seconds(f.run.job.time_limit); },
        .used =
            [](const JobFacts& f) {
                return f.run.job.run_known() ? seconds(f.run.ran_since_start()) : NoData{};
            },
        .whole = &limit_of_run,
        .by_state = &time_by_state,
    },
    JobMeasure{
        .key = "nodes",
        .row = mark("Nodes"),
        .requested = [](const JobFacts& f) { return count(f.run.job.requested.nodes); },
        .allocated = [](const JobFacts& f) { return count(f.run.job.allocated.nodes); },
    },
    JobMeasure{
        .key = "cores",
        .tile = mark("CPU cores"),
        .row = mark("CPU cores"),
        .requested = [](const JobFacts& f) { return count(f.run.job.requested.cores); },
        .allocated = [](const JobFacts& f) { return count(f.run.job.allocated.cores); },
        .used = [](const JobFacts& f) { return f.measures.cores; },
        .whole = [](const JobFacts& f) { return count(f.run.cores()); },
        .covered = &cores_covered,
        .from_steps = [](const Measures& m) { return m.cores_from_steps; },
        .anchor = "graph-cpu",
        .odd =
            mark("It is said to have used {0} cores on average, of {1} that it had: its processes "
                 "left their cores, or the count is wrong."),
    },
    JobMeasure{
        .key = "memory",
        .tile = mark("Memory"),
        .row = mark("Memory"),
        .unit = Unit::Bytes,
        .requested = [](const JobFacts& f) { return bytes(f.run.job.requested.memory); },
        .allocated = [](const JobFacts& f) { return bytes(f.run.job.allocated.memory); },
        .used = [](const JobFacts& f) { return f.measures.memory; },
        .at_most = [](const JobFacts& f) { return f.measures.memory_at_most; },
        .whole = [](const JobFacts& f) { return memory_had(f.run.job); },
        .covered = &memory_covered,
        .from_steps = [](const Measures& m) { return m.memory_from_steps; },
        .by_state = &memory_by_state,
        .anchor = "graph-mem",
        .odd = mark("It is said to have used {0} of memory, of {1} that it had: its limit did not "
                    "hold, or the count is wrong."),
    },
    JobMeasure{
        .key = "gpus",
        .row = mark("GPUs"),
        .applies = [](const JobFacts& f) { return gpus_of(f).count > 0 || has_gpus(f); },
        .requested = [](const JobFacts& f) { return count(f.run.job.requested.gpus.count); },
        .allocated = [](const JobFacts& f) { return count(f.run.job.allocated.gpus.count); },
        .used = &measured_gpus,
        .detail = &gpu_name,
    },
    JobMeasure{
        .key = "gpu",
        .tile = mark("GPU"),
        .row = mark("GPU use"),
        .unit = Unit::Ratio,
        .applies = &has_gpus,
        .used = [](const JobFacts& f) { return f.measures.gpu_cycles; },
        .whole = [](const JobFacts&) { return Reading{1.0}; },
        .covered = &gpus_covered,
        .anchor = "graph-gpu_utilization",
    },
    JobMeasure{
        .key = "gpu_memory",
        .tile = mark("GPU memory"),
        .row = mark("GPU memory"),
        .unit = Unit::Bytes,
        .applies = &has_gpus,
        .allocated = [](const JobFacts& f) { return f.measures.gpu_memory_total; },
        .used = [](const JobFacts& f) { return f.measures.gpu_memory; },
        .whole = [](const JobFacts& f) { return f.measures.gpu_memory_total; },
        .covered = &gpus_covered,
        .anchor = "graph-gpu_memory",
        .odd =
            mark("It is said to have used {0} of GPU memory, of {1} that it had: one of the counts "
                 "is wrong."),
    },
    JobMeasure{
        .key = "gpu_power",
        .row = mark("GPU power"),
        .unit = Unit::Watts,
        .applies = &has_gpus,
        .allocated = &full_gpu_power,
        .used = [](const JobFacts& f) { return f.measures.gpu_watts; },
        .share = &share_of_power,
    },
    JobMeasure{
        .key = "energy",
        .tile = mark("Energy"),
        .unit = Unit::Kwh,
        .applies = [](const JobFacts& f) { return with_power(f.run, f.site); },
        .used = [](const JobFacts& f) { return f.measures.kwh; },
        .anchor = "graph-power",
    },
};

double covered_of(const JobMeasure& measure, const JobFacts& facts) {
    return measure.covered == nullptr ? 1 : measure.covered(facts.measures);
}

std::optional<StateGrade> state_grade(const JobMeasure& measure, const JobFacts& facts) {
    return measure.by_state == nullptr ? std::nullopt : measure.by_state(facts.run);
}

views::Sentence word_of(Grade grade) {
    switch (grade) {
        case Grade::Good:
            return sentence("Good");
        case Grade::Fair:
            return sentence("Fair");
        case Grade::Poor:
            return sentence("Poor");
        case Grade::Odd:
            return sentence("More than it had");
        case Grade::Unknown:
            break;
    }
    return sentence("Not judged");
}

/// Cores of a job whose GPUs Slurm does not count come with these; cards that may be others' say
/// nothing of this job.
bool is_open(const JobMeasure& measure, const JobFacts& facts) {
    if (measure.key == "cores") return gpus_of(facts).count == 0 && facts.measures.gpus > 0;
    return measure.covered == &gpus_covered && sees_others_gpus(facts.run, facts.measures);
}

}  // namespace

std::span<const JobMeasure> job_measures() {
    return kMeasures;
}

const JobMeasure& job_measure(std::string_view key) {
    const auto found = std::find_if(kMeasures.begin(), kMeasures.end(),
                                    [&](const JobMeasure& one) { return one.key == key; });
    if (found == kMeasures.end()) throw std::logic_error("no measure " + std::string(key));
    return *found;
}

bool applies(const JobMeasure& measure, const JobFacts& facts) {
    return measure.applies == nullptr || measure.applies(facts);
}

Reading value_of(JobMeasure::Value value, const JobFacts& facts) {
    return value == nullptr ? Reading{NoData{}} : value(facts);
}

views::Share share_of(const JobMeasure& measure, const JobFacts& facts) {
    if (measure.whole == nullptr) return {value_of(measure.share, facts), Grade::Unknown};
    const double whole = number(measure.whole(facts)).value_or(0);
    views::Share share =
        judged(measure.key, value_of(measure.used, facts), whole, facts.run.job, facts.site);
    const Reading most = value_of(measure.at_most, facts);
    const bool unsure =
        covered_of(measure, facts) < kMostCovered ||
        (number(most) &&
         judged(measure.key, most, whole, facts.run.job, facts.site).grade != share.grade);
    if ((unsure || is_open(measure, facts)) && share.grade != Grade::Odd) {
        share.grade = Grade::Unknown;
    }
    if (const auto by_state = state_grade(measure, facts)) share.grade = by_state->grade;
    return share;
}

views::Sentence word_of(const JobMeasure& measure, const JobFacts& facts) {
    if (measure.whole == nullptr) return {};
    if (const auto by_state = state_grade(measure, facts)) return by_state->word;
    const views::Share share = share_of(measure, facts);
    const bool partly = covered_of(measure, facts) < kMostCovered && number(share.value);
    if (share.grade != Grade::Unknown) return word_of(share.grade);
    if (!number(share.value)) return sentence("Unknown");
    return partly ? sentence("Partly measured") : word_of(share.grade);
}

}  // namespace portal::jobstats
