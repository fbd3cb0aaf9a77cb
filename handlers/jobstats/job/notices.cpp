#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/job/verdicts.h"

namespace portal::jobstats {
namespace {

using slurm::JobState;
using views::Grade;
using views::Notice;
using views::sentence;
using views::Verdict;
using Weight = views::Notice::Weight;

constexpr double kAlmostAll = 0.97;
constexpr double kMostlyCache = 0.5;

bool is_failure(JobState state) {
    constexpr std::array kFailures = {JobState::Failed,   JobState::Timeout,
                                      JobState::NodeFail, JobState::BootFail,
                                      JobState::Deadline, JobState::OutOfMemory};
    return std::find(kFailures.begin(), kFailures.end(), state) != kFailures.end();
}

Notice state_notice(const slurm::Job& job) {
    const Weight weight = is_failure(job.state) ? Weight::Error : Weight::Information;
    return {weight, {}, state_sentence(job), job.state == JobState::OutOfMemory ? "graph-mem" : ""};
}

Notice coverage_notice(const JobRun& run, const Site& site) {
    const auto days = std::chrono::duration_cast<std::chrono::hours>(site.retention).count() / 24;
    switch (run.coverage) {
        case Coverage::Short:
            return {Weight::Information,
                    {},
                    sentence("The job was too short to be measured. The numbers below are Slurm's "
                             "own."),
                    {}};
        case Coverage::PastRetention:
            return {Weight::Information,
                    {},
                    sentence("Measurements are kept for {0} days; this job is older. The numbers "
                             "below are Slurm's own.",
                             {views::number_argument(static_cast<double>(days))}),
                    {}};
        case Coverage::NotMeasured:
            return {Weight::Information,
                    {},
                    sentence("This cluster does not measure jobs. The numbers below are Slurm's "
                             "own."),
                    {}};
        case Coverage::NotStarted:
        case Coverage::Sampled:
            break;
    }
    return {};
}

/// The portal's own words about a poor verdict.
Notice built_in_notice(const Verdict& verdict) {
    using Measure = Verdict::Measure;
    const auto asked = number(verdict.asked);
    const auto used = number(verdict.used);
    switch (verdict.measure) {
        case Measure::Cores:
            return {
                Weight::Warning,
                {},
                sentence("It used {0} of its {1} cores on average. Ask for fewer cores, or make "
                         "sure that the program uses all of them.",
                         {views::number_argument(used.value_or(0)),
                          views::number_argument(asked.value_or(0))}),
                verdict.anchor};
        case Measure::Memory:
            return {Weight::Warning,
                    {},
                    sentence("It used at most {0} of the {1} of memory it had. Ask for less: your "
                             "jobs will start sooner.",
                             {views::bytes_argument(used.value_or(0)),
                              views::bytes_argument(asked.value_or(0))}),
                    verdict.anchor};
        case Measure::Gpu:
            return {Weight::Warning,
                    {},
                    sentence("Its GPUs computed {0} of the time. Make sure that the program uses "
                             "them, feed them faster, or ask for fewer.",
                             {views::percent_argument(used.value_or(0))}),
                    verdict.anchor};
        case Measure::GpuMemory:
            return {Weight::Information,
                    {},
                    sentence("It used {0} of the {1} of GPU memory. A larger batch, or a smaller "
                             "GPU, may serve as well.",
                             {views::bytes_argument(used.value_or(0)),
                              views::bytes_argument(asked.value_or(0))}),
                    verdict.anchor};
        case Measure::Time:
            return {
                Weight::Information,
                {},
                sentence("It ran {0} of the {1} it asked for. Jobs with shorter limits start "
                         "sooner.",
                         {views::duration_argument(Seconds{static_cast<long>(used.value_or(0))}),
                          views::duration_argument(Seconds{static_cast<long>(asked.value_or(0))})}),
                {}};
        case Measure::Energy:
            break;
    }
    return {};
}

/// Key of the site's verdict table; energy has none.
const char* key_of(Verdict::Measure measure) {
    switch (measure) {
        case Verdict::Measure::Time:
            return "time";
        case Verdict::Measure::Cores:
            return "cores";
        case Verdict::Measure::Memory:
            return "memory";
        case Verdict::Measure::Gpu:
            return "gpu";
        case Verdict::Measure::GpuMemory:
            return "gpu_memory";
        case Verdict::Measure::Energy:
            break;
    }
    return "";
}

Notice poor_notice(const Verdict& verdict, const Site& site, Language language) {
    Notice notice = built_in_notice(verdict);
    const auto limits = site.verdicts.find(key_of(verdict.measure));
    if (limits == site.verdicts.end()) return notice;
    const std::string& own = limits->second.poor_text.in(language);
    if (!own.empty()) notice.text = {own, {}, {}, 0};
    return notice;
}

bool mostly_cache(const Measures& measures, const JobRun& run) {
    const auto had = number(memory_had(run.job));
    const auto most = number(measures.memory);
    const auto rss = number(measures.memory_rss);
    return had && most && rss && *most > kAlmostAll * *had && *rss < kMostlyCache * *most;
}

void add_verdict_notices(std::vector<Notice>& notices, const JobRun& run,
                         const std::vector<Verdict>& verdicts, const Site& site,
                         Language language) {
    const bool failed = is_failure(run.job.state);
    const bool cut =
        failed || run.job.state == JobState::Cancelled || run.job.state == JobState::Preempted;
    for (const Verdict& verdict : verdicts) {
        if (verdict.share.grade != Grade::Poor || !number(verdict.used)) continue;
        const bool said = (cut && verdict.measure == Verdict::Measure::Time) ||
                          (failed && run.job.state == JobState::OutOfMemory);
        if (!said) notices.push_back(poor_notice(verdict, site, language));
    }
}

/// Of a run that the samples do not cover; empty: they do.
std::optional<Notice> partly_notice(const JobRun& run, const Measures& measures) {
    const double covered =
        run.has_gpus() ? std::min(measures.covered, measures.gpu_covered) : measures.covered;
    if (covered >= kMostCovered) return std::nullopt;
    if (measures.cores_from_steps) {
        return Notice{Weight::Information,
                      {},
                      sentence("Only {0} of the run was measured. What cores and memory did is "
                               "Slurm's own count.",
                               {views::percent_argument(covered)}),
                      {}};
    }
    return Notice{Weight::Information,
                  {},
                  sentence("Only {0} of the run was measured: the numbers speak of that part, and "
                           "no advice is drawn from them.",
                           {views::percent_argument(covered)}),
                  {}};
}

void add_measure_notices(std::vector<Notice>& notices, const JobRun& run,
                         const Measures& measures) {
    if (measures.missing) {
        notices.push_back({Weight::Warning,
                           {},
                           sentence("Measurements are not available at the moment. What Slurm "
                                    "knows is shown."),
                           {}});
    } else if (const auto partly = partly_notice(run, measures)) {
        notices.push_back(*partly);
    } else if (run.sampled() && (measures.cores_from_steps || !number(measures.cores))) {
        notices.push_back({Weight::Information,
                           {},
                           sentence("No measurements reached us from this job's nodes. The numbers "
                                    "below are Slurm's own, where it has some."),
                           {}});
    }
    if (mostly_cache(measures, run)) {
        notices.push_back({Weight::Information,
                           {},
                           sentence("Much of its memory was cache of files, which Linux gives back "
                                    "when it is needed."),
                           "graph-mem"});
    }
}

void add_power_notices(std::vector<Notice>& notices, const JobRun& run, const Measures& measures,
                       const Site& site) {
    if (with_power(run, site) && measures.parts_of_cards) {
        notices.push_back({Weight::Information,
                           {},
                           sentence("Some of its GPUs are parts of a card (MIG). Power is measured "
                                    "for whole cards only, so its energy is not known."),
                           "graph-gpu_utilization"});
    }
    const bool partly = number(measures.kwh) && measures.energy_covered < kMostCovered;
    if (partly) {
        notices.push_back({Weight::Information,
                           {},
                           sentence("Power was measured for {0} of the time only: energy and cost "
                                    "are too low.",
                                    {views::percent_argument(measures.energy_covered)}),
                           "graph-power"});
    }
}

void add_row_notices(std::vector<Notice>& notices, const JobRun& run) {
    if (run.job.skeleton) {
        notices.push_back({Weight::Information,
                           {},
                           sentence("Slurm has not written all about this job yet."),
                           {}});
    }
    if (run.job.nodes_unreadable) {
        notices.push_back({Weight::Warning,
                           {},
                           sentence("The list of its nodes cannot be read: measurements of nodes "
                                    "are missing."),
                           {}});
    }
}

}  // namespace

std::vector<Notice> notices_of(const JobRun& run, const Measures& measures,
                               const std::vector<Verdict>& verdicts, const Site& site,
                               Language language) {
    std::vector<Notice> notices;
    if (!state_sentence(run.job).id.empty()) notices.push_back(state_notice(run.job));
    add_verdict_notices(notices, run, verdicts, site, language);
    add_measure_notices(notices, run, measures);
    add_power_notices(notices, run, measures, site);
    add_row_notices(notices, run);
    const Notice coverage = coverage_notice(run, site);
    if (!coverage.text.id.empty()) notices.push_back(coverage);
    if (!run.sampled()) {
        for (Notice& notice : notices) notice.anchor.clear();  // there are no graphs
    }
    std::stable_sort(notices.begin(), notices.end(), [](const Notice& left, const Notice& right) {
        return left.weight < right.weight;
    });
    return notices;
}

}  // namespace portal::jobstats
