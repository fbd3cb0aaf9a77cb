#include "handlers/jobstats/job/verdicts.h"

namespace portal::jobstats {
namespace {

using slurm::JobState;
using views::Grade;
using views::sentence;
using views::Verdict;

Reading seconds(std::optional<Seconds> time) {
    if (!time) return NoData{};
    return static_cast<double>(time->count());
}

Reading positive(double value) {
    if (value <= 0) return NoData{};
    return value;
}

views::Sentence word_of(Grade grade) {
    switch (grade) {
        case Grade::Good:
            return sentence("Good");
        case Grade::Fair:
            return sentence("Fair");
        case Grade::Poor:
            return sentence("Poor");
        case Grade::Unknown:
            return sentence("Not known");
    }
    return {};
}

views::Share trusted(views::Share share, double covered) {
    if (covered < kMostCovered) share.grade = Grade::Unknown;
    return share;
}

/// The word of a grade that may be missing because samples are.
views::Sentence word_of(const views::Share& share, double covered) {
    const bool partly = covered < kMostCovered && number(share.value);
    return partly ? sentence("Partly measured") : word_of(share.grade);
}

/// Slurm counts the whole run.
double cores_covered(const Measures& measures) {
    return measures.cores_from_steps ? 1 : measures.covered;
}
double memory_covered(const Measures& measures) {
    return measures.memory_from_steps ? 1 : measures.covered;
}

Verdict time_verdict(const JobRun& run, const Site& site) {
    Verdict verdict{.measure = Verdict::Measure::Time,
                    .share = {},
                    .used = seconds(run.ran_since_start()),
                    .asked = seconds(run.job.time_limit),
                    .word = {},
                    .anchor = {},
                    .from_steps = false};
    if (run.job.time_limit && run.job.time_limit->count() > 0) {
        verdict.share =
            graded(verdict.used, static_cast<double>(run.job.time_limit->count()), site, "time");
    }
    if (run.running) verdict.share.grade = Grade::Unknown;
    if (run.job.state == JobState::Timeout) verdict.share.grade = Grade::Poor;
    verdict.word = run.running ? sentence("Running") : word_of(verdict.share.grade);
    if (run.job.state == JobState::Timeout) verdict.word = sentence("Ran out of time");
    return verdict;
}

Verdict cores_verdict(const JobRun& run, const Measures& measures, const Site& site) {
    const views::Share share = share_of_cores(run, measures, site);
    return {.measure = Verdict::Measure::Cores,
            .share = share,
            .used = measures.cores,
            .asked = positive(run.cores()),
            .word = word_of(share, cores_covered(measures)),
            .anchor = "graph-cpu",
            .from_steps = measures.cores_from_steps};
}

Verdict memory_verdict(const JobRun& run, const Measures& measures, const Site& site) {
    Verdict verdict{.measure = Verdict::Measure::Memory,
                    .share = share_of_memory(run, measures, site),
                    .used = measures.memory,
                    .asked = memory_had(run.job),
                    .word = {},
                    .anchor = "graph-mem",
                    .from_steps = measures.memory_from_steps};
    verdict.word = word_of(verdict.share, memory_covered(measures));
    if (run.job.state == JobState::OutOfMemory) {
        verdict.share.grade = Grade::Poor;
        verdict.word = sentence("Too little");
    }
    return verdict;
}

Verdict gpu_verdict(const Measures& measures, const Site& site) {
    const views::Share share = share_of_gpu(measures, site);
    return {.measure = Verdict::Measure::Gpu,
            .share = share,
            .used = measures.gpu_cycles,
            .asked = NoData{},
            .word = word_of(share, measures.gpu_covered),
            .anchor = "graph-gpu_utilization",
            .from_steps = false};
}

Verdict gpu_memory_verdict(const Measures& measures, const Site& site) {
    const views::Share share = share_of_gpu_memory(measures, site);
    return {.measure = Verdict::Measure::GpuMemory,
            .share = share,
            .used = measures.gpu_memory,
            .asked = measures.gpu_memory_total,
            .word = word_of(share, measures.gpu_covered),
            .anchor = "graph-gpu_memory",
            .from_steps = false};
}

Verdict energy_verdict(const Measures& measures) {
    return {.measure = Verdict::Measure::Energy,
            .share = {},
            .used = measures.kwh,
            .asked = NoData{},
            .word = {},
            .anchor = "graph-power",
            .from_steps = false};
}

}  // namespace

views::Share share_of_cores(const JobRun& run, const Measures& measures, const Site& site) {
    return trusted(cores_share(measures.cores, run.job, site), cores_covered(measures));
}

views::Share share_of_memory(const JobRun& run, const Measures& measures, const Site& site) {
    return trusted(memory_share(measures.memory, run.job, site), memory_covered(measures));
}

views::Share share_of_gpu(const Measures& measures, const Site& site) {
    return trusted(graded(measures.gpu_cycles, 1, site, "gpu"), measures.gpu_covered);
}

views::Share share_of_gpu_memory(const Measures& measures, const Site& site) {
    const double total = number(measures.gpu_memory_total).value_or(0);
    return trusted(graded(measures.gpu_memory, total, site, "gpu_memory"), measures.gpu_covered);
}

std::vector<Verdict> verdicts_of(const JobRun& run, const Measures& measures, const Site& site) {
    if (!run.job.started) return {};
    std::vector<Verdict> verdicts = {time_verdict(run, site), cores_verdict(run, measures, site),
                                     memory_verdict(run, measures, site)};
    if (run.has_gpus()) {
        verdicts.push_back(gpu_verdict(measures, site));
        verdicts.push_back(gpu_memory_verdict(measures, site));
    }
    if (with_power(run, site)) verdicts.push_back(energy_verdict(measures));
    if (!run.sampled()) {
        for (Verdict& verdict : verdicts) verdict.anchor.clear();  // there are no graphs
    }
    return verdicts;
}

}  // namespace portal::jobstats
