#include "handlers/jobstats/summary/summarize.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "handlers/jobstats/measures/cost.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/parts.h"
#include "handlers/jobstats/summary/rules_version.h"

namespace portal::jobstats {
namespace {

using database::Summary;
using Number = Summary::Number;

constexpr std::size_t kLongestRules = 255;
constexpr std::size_t kLongestStem = 64;  // characters
constexpr double kOddGrade = 3;

std::uint32_t seconds_of(Instant when) {
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(unix_seconds(when), 0, kMost));
}

/// Zero means that Slurm wrote none.
Number some(double count) {
    return count > 0 ? Number(count) : std::nullopt;
}

Number length(std::optional<Seconds> time) {
    if (!time) return std::nullopt;
    return static_cast<double>(time->count());
}

/// A resize makes a new row, which did not wait.
Number waited(const slurm::Job& job) {
    const std::optional<Instant> until = job.started ? job.started : job.ended;
    if (!until || *until < job.submitted) return std::nullopt;
    return length(*until - job.submitted);
}

void fill_row(Summary& summary, const slurm::Job& job) {
    summary.job_db_inx = job.db_index;
    summary.id_job = job.id.value;
    if (job.array) summary.id_array_job = job.array->value;
    summary.id_array_task = job.array_task;
    summary.id_user = job.owner.value;
    summary.account = job.account;
    summary.partition = job.partition;
    summary.name = job.name;
    summary.stem = stem_of(job.name);
    summary.state = job.state_number;
    summary.time_submit = seconds_of(job.submitted);
    if (job.started) summary.time_start = seconds_of(*job.started);
    if (job.ended) summary.time_end = seconds_of(*job.ended);
    summary.wait_s = waited(job);
    summary.time_limit_s = length(job.time_limit);
    summary.cores_requested = some(job.requested.cores);
    summary.memory_requested = some(static_cast<double>(job.requested.memory.count));
    summary.gpus_requested = some(job.requested.gpus.count);
    summary.nodes_requested = some(job.requested.nodes);
}

/// What the row had while it ran.
void fill_had(Summary& summary, const JobRun& run) {
    if (!run.job.started) return;
    if (run.job.run_known()) summary.run_s = length(run.computed());
    summary.cores = some(run.cores());
    summary.memory = number(memory_had(run.job));
    summary.gpus = some(run.gpus());
    summary.nodes = some(run.job.allocated.nodes);
}

/// Least and most of what several things did.
class Spread {
 public:
    void add(const Number& value) {
        if (!value) return;
        least_ = std::min(least_.value_or(*value), *value);
        most_ = std::max(most_.value_or(*value), *value);
        ++count_;
    }
    void put(Number& least, Number& most) const {
        if (count_ < 2) return;
        least = least_;
        most = most_;
    }

 private:
    Number least_;
    Number most_;
    int count_ = 0;
};

void fill_spread(Summary& summary, const Measures& measures) {
    Spread cores;
    Spread memory;
    for (const JobUse::Node& node : measures.nodes) {
        cores.add(node.cores);
        memory.add(node.memory);
    }
    cores.put(summary.node_cores_least, summary.node_cores_most);
    memory.put(summary.node_memory_least, summary.node_memory_most);
    Spread cards;
    for (const Card& card : measures.cards) {
        const auto mean = card.cycles.mean();
        if (mean) cards.add(metric::kGpuUtilization.base(*mean));
    }
    cards.put(summary.gpu_least, summary.gpu_most);
}

/// Which numbers come from samples.
std::uint32_t flags_of(const Measures& measures) {
    std::uint32_t flags = 0;
    const auto set = [&](bool holds, Summary::Flag flag) { flags |= holds ? flag : 0U; };
    set(number(measures.cores) && !measures.cores_from_steps, Summary::CoresSampled);
    set(number(measures.memory) && !measures.memory_from_steps, Summary::MemorySampled);
    set(number(measures.gpu_cycles).has_value(), Summary::GpusSampled);
    set(number(measures.kwh).has_value(), Summary::EnergySampled);
    return flags;
}

void fill_measures(Summary& summary, const JobFacts& facts) {
    const Measures& measures = facts.measures;
    summary.flags = flags_of(measures);
    keep_measures(measures, summary);
    summary.gpus_seen = some(measures.gpus);
    if (const auto kwh = number(measures.kwh)) {
        summary.energy_j = *kwh * kJoulesPerKwh;
        summary.energy_covered = measures.energy_covered;
    }
    if (facts.run.sampled()) {
        summary.covered = measures.covered;
        if (facts.run.has_gpus()) summary.gpu_covered = measures.gpu_covered;
    }
    summary.odd_samples = some(measures.odd_samples);
    summary.parts = parts_text(measures);
    fill_spread(summary, measures);
}

Number grade_of(std::string_view key, const JobFacts& facts) {
    const JobMeasure& measure = job_measure(key);
    if (!facts.run.job.run_known() || !applies(measure, facts)) return std::nullopt;
    switch (share_of(measure, facts).grade) {
        case views::Grade::Poor:
            return kPoorGrade;
        case views::Grade::Fair:
            return kFairGrade;
        case views::Grade::Good:
            return kGoodGrade;
        case views::Grade::Odd:
            return kOddGrade;
        case views::Grade::Unknown:
            break;
    }
    return std::nullopt;
}

/// What was had and not used, over the time the row ran; not known of a run that was hardly seen.
Number wasted(const Number& had, const Number& used, const Number& run, double covered) {
    if (!had || !used || !run || covered < kMostCovered) return std::nullopt;
    return std::max(*had - *used, 0.0) * *run;
}

Number priced(const Number& seconds, const std::optional<double>& an_hour) {
    if (!seconds || !an_hour) return std::nullopt;
    return *seconds / kSecondsPerHour * *an_hour;
}

void fill_waste(Summary& summary, const JobFacts& facts) {
    const CostSettings& prices = facts.site.cost;
    Number gpus_used;
    if (summary.gpus && summary.gpu_used) gpus_used = *summary.gpus * *summary.gpu_used;
    const Number& most = summary.memory_at_most;
    const double covered = summary.covered.value_or(1);
    const double cores_covered = summary.has(Summary::CoresFromSteps) ? 1 : covered;
    const double memory_covered = summary.has(Summary::MemoryFromSteps) ? 1 : covered;
    const double gpus_covered = summary.gpu_covered.value_or(covered);
    summary.wasted_core_s = wasted(summary.cores, summary.cores_used, summary.run_s, cores_covered);
    summary.wasted_memory_s =
        wasted(summary.memory, most ? most : summary.memory_peak, summary.run_s, memory_covered);
    if (!sees_others_gpus(facts.run, facts.measures)) {
        summary.wasted_gpu_s = wasted(summary.gpus, gpus_used, summary.run_s, gpus_covered);
    }
    summary.wasted_cost = summary.gpus ? priced(summary.wasted_gpu_s, prices.gpu_hour)
                                       : priced(summary.wasted_core_s, prices.cpu_core_hour);
    summary.cost = facts.run.job.run_known() ? costs_of(consumption_of(facts.run, facts.measures),
                                                        prices_of(facts.run, facts.site))
                                                   .total
                                             : std::nullopt;
}

/// As many names as fit.
std::string names_of(const std::vector<Finding>& findings) {
    std::string names;
    for (const Finding& finding : findings) {
        const std::string& name = finding.rule->name;
        if (names.size() + 1 + name.size() > kLongestRules) break;
        names.append(names.empty() ? "" : ",").append(name);
    }
    return names;
}

Summary start_of(const slurm::Job& job, std::string login, Instant now) {
    Summary summary;
    fill_row(summary, job);
    if (login.empty()) summary.flags |= Summary::Unnamed;
    summary.login = std::move(login);
    summary.made = seconds_of(now);
    return summary;
}

}  // namespace

Summary summarize(const Summarized& job, Instant now) {
    const JobFacts& facts = job.facts;
    Summary summary = start_of(facts.run.job, job.login, now);
    const std::uint32_t unnamed = summary.flags;
    fill_had(summary, facts.run);
    if (facts.run.job.run_known()) fill_measures(summary, facts);
    summary.flags |= unnamed;
    summary.bytes_read = job.traffic.read;
    summary.bytes_written = job.traffic.written;
    judge(summary, facts, job.findings);
    return summary;
}

void judge(Summary& summary, const JobFacts& facts, const std::vector<Finding>& findings) {
    summary.grade_time = grade_of("time", facts);
    summary.grade_cores = grade_of("cores", facts);
    summary.grade_memory = grade_of("memory", facts);
    summary.grade_gpu = grade_of("gpu", facts);
    summary.grade_gpu_memory = grade_of("gpu_memory", facts);
    fill_waste(summary, facts);
    summary.rules = names_of(findings);
    summary.rules_version = rules_version(facts.site);
}

Summary summarize_row(const slurm::Job& job, std::string login, const Site& site, Instant now) {
    Summary summary = start_of(job, std::move(login), now);
    fill_had(summary, run_of(job, site, now));
    summary.flags |= Summary::Unreadable;
    summary.rules_version = rules_version(site);
    return summary;
}

std::string stem_of(std::string_view name) {
    std::string stem;
    std::size_t characters = 0;
    for (const char c : name) {
        const bool begins = text::begins_character(c);
        if (begins && characters == kLongestStem) break;
        const bool joins =
            std::string_view("0123456789_-. \t()[]{}#=,:").find(c) != std::string_view::npos;
        if (!joins) {
            stem += ascii::to_lower(c);
            characters += begins ? 1U : 0U;
        } else if (!stem.empty() && stem.back() != ' ') {
            stem += ' ';
            ++characters;
        }
    }
    if (!stem.empty() && stem.back() == ' ') stem.pop_back();
    return stem;
}

}  // namespace portal::jobstats
