#include "handlers/jobstats/advice/values.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "handlers/jobs/shares.h"

namespace portal::jobstats {
namespace {

using views::Grade;

constexpr double kIdleNode = 0.02;  // of the mean cores of a node
constexpr double kIdleCard = 0.01;  // of the time
constexpr std::size_t kMostNames = 3;

/// An amount that advice may rest on: of a measure whose share is judged, or would be.
bool is_sound(const JobMeasure& measure, const JobFacts& facts) {
    if (!facts.run.job.run_known() || facts.measures.missing) return false;
    const double covered = measure.covered == nullptr ? 1 : measure.covered(facts.measures);
    return covered >= kMostCovered && share_of(measure, facts).grade != Grade::Odd;
}

std::optional<double> grade_number(Grade grade) {
    switch (grade) {
        case Grade::Poor:
            return kPoorGrade;
        case Grade::Fair:
            return kFairGrade;
        case Grade::Good:
            return kGoodGrade;
        default:
            return std::nullopt;
    }
}

std::optional<double> flag(bool holds) {
    return holds ? std::optional(1.0) : std::nullopt;
}

/// Not zero: Slurm writes that where it knows nothing.
std::optional<double> some(double count) {
    return count > 0 ? std::optional(count) : std::nullopt;
}

void add_state(const JobFacts& facts, Values& values) {
    const slurm::Job& job = facts.run.job;
    values[Input::Completed] = flag(job.state == JobState::Completed);
    values[Input::Running] = flag(facts.run.running);
    values[Input::Failed] = flag(job.state == JobState::Failed);
    values[Input::TimedOut] = flag(job.state == JobState::Timeout);
    values[Input::OutOfMemory] = flag(job.state == JobState::OutOfMemory);
}

void add_time(const JobFacts& facts, Values& values) {
    if (!facts.run.job.run_known()) return;
    const views::Share share = share_of(job_measure("time"), facts);
    values[Input::RunTime] = static_cast<double>(facts.run.ran_since_start().count());
    if (facts.run.job.time_limit) {
        values[Input::TimeLimit] = static_cast<double>(facts.run.job.time_limit->count());
    }
    values[Input::TimeShare] = number(share.value);
    values[Input::TimeGrade] = grade_number(share.grade);
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) {
        all.append(all.empty() ? "" : ", ").append(names[i]);
    }
    if (names.size() > kMostNames) all += ", …";
    return all;
}

void set_names(Values& values, Input input, const std::vector<std::string>& names) {
    values.names[static_cast<std::size_t>(input)] = joined(names);
    values[input] = static_cast<double>(names.size());
}

/// Which nodes did nothing beside others: only where all were seen.
void add_nodes(const JobFacts& facts, Values& values) {
    const Measures& measures = facts.measures;
    const std::size_t nodes = nodes_of(facts.run);
    values[Input::Nodes] = static_cast<double>(nodes);
    if (measures.nodes.size() != nodes || measures.cores_from_steps) return;
    const double each = facts.run.cores() / static_cast<double>(nodes);
    std::vector<std::string> idle;
    std::vector<std::string> busy;
    for (const JobUse::Node& node : measures.nodes) {
        if (!node.cores) return;
        (*node.cores < kIdleNode * each ? idle : busy).push_back(node.name);
    }
    values[Input::IdleNodes] = static_cast<double>(idle.size());
    values[Input::BusyNodes] = static_cast<double>(busy.size());
    set_names(values, Input::IdleNodeNames, idle);
    set_names(values, Input::BusyNodeNames, busy);
}

void add_cores(const JobFacts& facts, Values& values) {
    const JobMeasure& measure = job_measure("cores");
    const auto had = some(facts.run.cores());
    values[Input::Cores] = had;
    values[Input::EvenCores] = even_cores(facts.run.job, facts.site);
    if (!had || !is_sound(measure, facts)) return;
    const views::Share share = share_of(measure, facts);
    const auto used = number(facts.measures.cores);
    values[Input::CoresUsed] = used;
    if (used) values[Input::CoresIdle] = std::max(*had - *used, 0.0);
    values[Input::CoresShare] = number(share.value);
    values[Input::CoresGrade] = grade_number(share.grade);
    values[Input::CoresPeak] = facts.measures.cores_peak;
    values[Input::Threads] = facts.measures.threads;
    add_nodes(facts, values);
}

void add_memory(const JobFacts& facts, Values& values) {
    const JobMeasure& measure = job_measure("memory");
    values[Input::Memory] = number(memory_had(facts.run.job));
    if (!is_sound(measure, facts)) return;
    const views::Share share = share_of(measure, facts);
    const auto most = number(facts.measures.memory_at_most);
    values[Input::MemoryPeak] = most ? most : number(facts.measures.memory);
    values[Input::MemoryShare] = number(share.value);
    values[Input::MemoryRss] = number(facts.measures.memory_rss);
    values[Input::MemoryGrade] = grade_number(share.grade);
    if (facts.measures.memory_rise) {
        values[Input::MemoryRise] = *facts.measures.memory_rise * kSecondsPerHour;
    }
    values[Input::MemoryFullIn] = facts.measures.pace.memory_full_in;
}

std::string name_of(const Card& card) {
    return card.node + (card.number.empty() ? "" : " GPU " + card.number);
}

/// How busy each card was, where all that the job holds were seen, and no others.
void add_cards(const JobFacts& facts, Values& values) {
    if (facts.measures.cards.size() > facts.run.gpus()) return;
    std::vector<std::string> idle;
    double busiest = 0;
    for (const Card& card : facts.measures.cards) {
        const auto mean = card.cycles.mean();
        if (!mean) return;
        const double share = metric::kGpuUtilization.base(*mean);
        busiest = std::max(busiest, share);
        if (share < kIdleCard) idle.push_back(name_of(card));
    }
    values[Input::GpuBusiest] = busiest;
    set_names(values, Input::IdleGpuNames, idle);
    values[Input::GpusIdle] = static_cast<double>(idle.size());
}

void add_gpus(const JobFacts& facts, Values& values) {
    if (!facts.run.has_gpus()) return;
    values[Input::ByDcgm] = flag(facts.site.exporters.job.gpu_use == JobExporter::GpuUse::Dcgm);
    values[Input::Gpus] = some(facts.run.gpus());
    const JobMeasure& use = job_measure("gpu");
    if (!is_sound(use, facts)) return;
    const views::Share share = share_of(use, facts);
    values[Input::GpuShare] = number(share.value);
    values[Input::GpuGrade] = grade_number(share.grade);
    values[Input::GpuPowerShare] = number(facts.measures.gpu_power);
    values[Input::GpusQuiet] = facts.measures.pace.gpus_quiet;
    add_cards(facts, values);
    const views::Share memory = share_of(job_measure("gpu_memory"), facts);
    if (memory.grade == Grade::Odd) return;
    values[Input::GpuMemory] = number(facts.measures.gpu_memory_total);
    values[Input::GpuMemoryPeak] = number(facts.measures.gpu_memory);
    values[Input::GpuMemoryShare] = number(memory.value);
    values[Input::GpuMemoryGrade] = grade_number(memory.grade);
}

void add_files(const FileUse& files, Values& values) {
    values[Input::FileOperations] = files.operations;
    values[Input::FilesOpened] = files.opened;
    values[Input::FilesDeleted] = files.deleted;
    values[Input::FileRequests] = files.requests;
    values[Input::RequestSize] = files.request_bytes;
}

void add_script(const JobFacts& facts, const ScriptScan& script, Values& values) {
    if (!script.known) return;
    const bool runs_on_several = values[Input::BusyNodes].value_or(0) > 1;
    values[Input::ScriptUnlaunched] =
        flag(nodes_of(facts.run) > 1 && !script.launches && !runs_on_several);
    values[Input::ScriptSleepLine] = some(static_cast<double>(script.sleep_line));
    values[Input::ScriptSleep] = some(static_cast<double>(script.sleep.count()));
    values[Input::ScriptCondaLine] = some(static_cast<double>(script.conda_line));
    values[Input::ScriptThreadsLine] = some(static_cast<double>(script.threads_line));
    values[Input::ScriptThreads] = script.threads;
}

}  // namespace

Values values_of(const JobFacts& facts, const Surroundings& around) {
    Values values;
    add_state(facts, values);
    add_time(facts, values);
    add_cores(facts, values);
    add_memory(facts, values);
    add_gpus(facts, values);
    add_files(facts.measures.files, values);
    values[Input::ArrayTasks] = some(static_cast<double>(around.array_tasks));
    add_script(facts, around.script, values);
    return values;
}

}  // namespace portal::jobstats
