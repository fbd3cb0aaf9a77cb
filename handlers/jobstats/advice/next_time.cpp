#include "handlers/jobstats/advice/next_time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/base/units.h"
#include "handlers/jobstats/advice/friendly.h"
#include "handlers/jobstats/advice/runs.h"

namespace portal::jobstats {
namespace {

constexpr double kLessIsLess = 0.9;  // of what it was: else it is not worth a line
constexpr std::uint64_t kMostCount = 1'000'000;

std::optional<double> count_of(const std::optional<Option>& option) {
    if (!option) return std::nullopt;
    const auto count = text::parse_unsigned(option->value, kMostCount);
    if (!count || *count == 0) return std::nullopt;
    return static_cast<double>(*count);
}

views::Argument seconds_argument(double seconds) {
    return views::duration_argument(Seconds{static_cast<std::int64_t>(seconds)});
}

/// Cores that the options make; empty: they do not say.
std::optional<double> cores_of(const Options& options, double nodes) {
    const auto each = count_of(options.cpus_per_task);
    auto tasks = count_of(options.tasks);
    if (!tasks && options.tasks_per_node) {
        const auto of_node = count_of(options.tasks_per_node);
        if (of_node) tasks = *of_node * nodes;
    }
    const bool by_gpu = options.gpus_per_task || options.tasks_per_gpu;
    if (!tasks && (by_gpu || !each)) return std::nullopt;
    return each.value_or(1) * tasks.value_or(nodes);
}

/// Whether Slurm allocated the cores that were requested. It gives more to a job that takes whole
/// nodes, requests an odd number of threads, or more memory for a core than there may be: fewer in
/// the options are then not fewer in the same measure, or not at all.
bool has_what_it_requested(const JobFacts& facts, const Options& options, const Need& self) {
    const slurm::Job& job = facts.run.job;
    if (options.exclusive) return false;
    if (job.requested.cores > 0 && job.allocated.cores > job.requested.cores) return false;
    return cores_of(options, self.nodes).value_or(self.cores) == self.cores;
}

/// Bytes of an option like 4G, 512M or 2000, which are megabytes; empty: it is none of these.
std::optional<double> bytes_of(const std::string& value) {
    constexpr std::string_view kUnits = "KMGT";
    std::string digits = value;
    double unit = kMebibyte;
    const auto letter =
        digits.empty() ? std::string_view::npos : kUnits.find(ascii::to_upper(digits.back()));
    if (letter != std::string_view::npos) {
        digits.pop_back();
        unit = std::pow(kKibibyte, static_cast<double>(letter + 1));
    }
    const auto count = text::parse_unsigned(digits, kMostCount);
    return count ? std::optional(static_cast<double>(*count) * unit) : std::nullopt;
}

/// Whether the memory of a node is what the option gives each of the CPUs that Slurm allocated: it
/// is not where the site gives more CPUs in place of memory.
bool follows_cpus(const Options& options, const Need& self) {
    if (!options.memory_per_cpu) return true;
    const auto each = bytes_of(options.memory_per_cpu->value);
    if (!each || !self.memory_had) return false;
    constexpr double kSame = 0.05;
    const double made = *each * cpus_of_node(self.cores, self.nodes);
    return std::abs(made - *self.memory_had) <= kSame * *self.memory_had;
}

MemoryOf memory_unit(const Options& options) {
    if (options.memory_per_cpu) return MemoryOf::Cpu;
    return options.memory_per_gpu ? MemoryOf::Gpu : MemoryOf::Node;
}

/// Puts the lines together for one job.
class Writer {
 public:
    Writer(const Values& values, const JobFacts& facts, const Options& options, const Runs& runs)
        : values_(values),
          facts_(facts),
          options_(options),
          advice_(facts.site.advice),
          runs_(runs),
          self_(runs.self()),
          as_requested_(has_what_it_requested(facts, options, self_)),
          next_{self_.nodes, self_.cores, self_.gpus, {}, self_.limit} {}

    void write(Advice advice);
    /// What follows from the others: less cores with memory by core is less memory.
    void keep_memory();
    [[nodiscard]] views::NextTime take(const Alike& alike);

 private:
    enum class Than { Less, More };

    void nodes();
    void cores();
    void memory(Than than);
    void write_memory(double bytes_of_node);
    void time(Than than);
    void gpus();

    void change(const std::optional<Option>& option, const std::string& value);
    void add(std::string_view spelled, const std::string& value);
    void scale_tasks(double factor);
    /// Why the runs are no ground for less.
    void doubt(views::Sentence why) { told_.doubts.push_back(std::move(why)); }

    const Values& values_;
    const JobFacts& facts_;
    const Options& options_;
    const AdviceSettings& advice_;
    const Runs& runs_;
    const Need& self_;
    const bool as_requested_;
    Request next_;
    std::optional<double> part_;  ///< memory of a node, core or GPU, where it changes
    views::NextTime told_;
};

void Writer::change(const std::optional<Option>& option, const std::string& value) {
    told_.lines.push_back({option->with(option->value), value.empty() ? "" : option->with(value)});
}

void Writer::add(std::string_view spelled, const std::string& value) {
    told_.lines.push_back({"", "#SBATCH " + std::string(spelled) + "=" + value});
}

void Writer::write(Advice advice) {
    switch (advice) {
        case Advice::None:
            return;
        case Advice::Nodes:
            return nodes();
        case Advice::Cores:
            return cores();
        case Advice::Memory:
            return memory(Than::Less);
        case Advice::MoreMemory:
            return memory(Than::More);
        case Advice::Time:
            return time(Than::Less);
        case Advice::MoreTime:
            return time(Than::More);
        case Advice::Gpus:
            return gpus();
    }
}

void Writer::nodes() {
    const auto busy = values_[Input::BusyNodes];
    if (!busy || *busy < 1) return;
    const double wanted = runs_.most_of(&Need::busy_nodes, &Need::nodes);
    if (wanted >= self_.nodes) return;
    next_.nodes = wanted;
    next_.cores = self_.cores * next_.nodes / self_.nodes;
    if (options_.nodes) {
        change(options_.nodes, count_text(next_.nodes));
    } else {
        add("--nodes", count_text(next_.nodes));
    }
    if (const auto tasks = count_of(options_.tasks)) {
        const double fewer = std::max(std::ceil(*tasks * next_.nodes / self_.nodes), 1.0);
        if (fewer < *tasks) change(options_.tasks, count_text(fewer));
    }
}

/// The option that makes the number of cores, times a factor below one.
void Writer::scale_tasks(double factor) {
    for (const auto* option :
         {&options_.cpus_per_task, &options_.tasks, &options_.tasks_per_node}) {
        const auto count = count_of(*option);
        if (!count) continue;
        const double fewer = std::max(std::ceil(*count * factor), 1.0);
        if (fewer >= *count) continue;
        next_.cores = std::ceil(self_.cores * fewer / *count);
        return change(*option, count_text(fewer));
    }
}

void Writer::cores() {
    if (!as_requested_) return;
    const double most = runs_.most_of(&Need::busy_cores, &Need::cores);
    double wanted = std::max(std::ceil(most * advice_.cores), 1.0);
    wanted = std::max(wanted, values_[Input::EvenCores].value_or(0));
    if (self_.cores <= 0 || wanted >= self_.cores) return;
    scale_tasks(wanted / self_.cores);
    if (next_.cores < self_.cores || self_.nodes > 1) return;
    const bool said = options_.cpus_per_task || options_.tasks || options_.tasks_per_node;
    if (said) return;
    next_.cores = wanted;
    add("--cpus-per-task", count_text(wanted));
}

void Writer::memory(Than than) {
    const Demand demand = runs_.memory(advice_);
    const double had = self_.memory_had.value_or(0);
    if (had <= 0 || demand.wanted <= 0) return;
    const double enough = had * kLessIsLess;
    if (than == Than::More) return write_memory(demand.plain);
    if (friendly_memory(demand.plain) > enough) return;
    const views::Argument least = views::bytes_argument(demand.least);
    const views::Argument most = views::bytes_argument(demand.most);
    if (demand.grows) {
        return doubt(
            views::sentence("Their memory grows from run to run ({0} to {1}): less would "
                            "stop one soon.",
                            {least, most}));
    }
    if (friendly_memory(demand.wanted) > enough) {
        return doubt(
            views::sentence("Their memory lies too far apart ({0} to {1}) to request "
                            "less. Give unlike runs different names.",
                            {least, most}));
    }
    write_memory(demand.wanted);
}

void Writer::write_memory(double bytes_of_node) {
    if (!follows_cpus(options_, self_)) return;
    const double wanted = friendly_memory(bytes_of_node);
    const double parts = runs_.parts_of_node(next_.cores, next_.gpus, next_.nodes);
    part_ = friendly_memory(wanted / parts);
    const std::string text = memory_text(*part_);
    if (options_.memory_per_cpu) return change(options_.memory_per_cpu, text);
    if (options_.memory_per_gpu && next_.gpus > 0) return change(options_.memory_per_gpu, text);
    if (options_.memory) return change(options_.memory, text);
    add("--mem", text);
}

void Writer::keep_memory() {
    const double before = runs_.parts_of_node(self_.cores, self_.gpus, self_.nodes);
    const double after = runs_.parts_of_node(next_.cores, next_.gpus, next_.nodes);
    // Without a GPU nothing is left that memory could be per.
    const bool none = options_.memory_per_gpu && next_.gpus <= 0;
    if (part_ || !self_.memory || (after >= before && !none)) return;
    const double had = self_.memory_had.value_or(0);
    const Demand demand = runs_.memory(advice_);
    const double wanted = demand.grows ? had : std::min(friendly_memory(demand.wanted), had);
    if (none) change(options_.memory_per_gpu, "");
    if (!none && wanted / after <= had / before) return;
    write_memory(wanted);
}

void Writer::time(Than than) {
    const Demand demand = runs_.time(advice_);
    const double limit = self_.limit.value_or(0);
    if (limit <= 0 || demand.wanted <= 0) return;
    const auto least = static_cast<double>(advice_.least_time.count());
    const double enough = limit * kLessIsLess;
    const bool less = than == Than::Less;
    if (less && friendly_time(std::max(demand.plain, least)) > enough) return;
    const double wanted = friendly_time(less ? std::max(demand.wanted, least) : demand.plain);
    const views::Argument shortest = seconds_argument(demand.least);
    const views::Argument longest = seconds_argument(demand.most);
    if (less && demand.grows) {
        return doubt(
            views::sentence("They take longer from run to run ({0} to {1}): a shorter "
                            "limit would stop one soon.",
                            {shortest, longest}));
    }
    if (less && wanted > enough) {
        return doubt(
            views::sentence("Their run times lie too far apart ({0} to {1}) for a shorter "
                            "limit. Give unlike runs different names.",
                            {shortest, longest}));
    }
    next_.limit = wanted;
    if (options_.time) return change(options_.time, time_text(wanted));
    add("--time", time_text(wanted));
}

/// `a100:4`, `4`, `gpu:a100:2` with another number at its end; empty if there is none.
std::string with_count(const std::string& value, double count) {
    const auto colon = value.rfind(':');
    const std::string head = colon == std::string::npos ? "" : value.substr(0, colon + 1);
    const std::string tail = colon == std::string::npos ? value : value.substr(colon + 1);
    if (!text::parse_unsigned(tail, kMostCount)) return {};
    return head + count_text(count);
}

bool names_gpus(const std::string& part) {
    return part == "gpu" || part.starts_with("gpu:");
}

/// `gpu:a100:4,lscratch:200` with another number of GPUs, none of them if that is zero; what it was
/// where it names GPUs twice or without a number.
std::string with_gpus(const std::string& value, double count) {
    std::vector<std::string> parts = text::split_list(value, ',');
    if (std::count_if(parts.begin(), parts.end(), &names_gpus) != 1) return value;
    const auto own = std::find_if(parts.begin(), parts.end(), &names_gpus);
    if (count > 0) {
        const std::string fewer = with_count(*own, count);
        if (fewer.empty()) return value;
        *own = fewer;
    } else {
        parts.erase(own);
    }
    std::string left;
    for (const std::string& part : parts) left += (left.empty() ? "" : ",") + part;
    return left;
}

/// The same of `a100:4` and `4`.
std::string with_cards(const std::string& value, double count) {
    if (count <= 0) return "";
    const std::string fewer = with_count(value, count);
    return fewer.empty() ? value : fewer;
}

void Writer::gpus() {
    if (!self_.busy_gpus) return;
    const double left = runs_.most_of(&Need::busy_gpus, &Need::gpus);
    if (left >= self_.gpus) return;
    struct Form {
        const std::optional<Option>* option;
        double parts;
        std::string (*write)(const std::string& value, double count);
    };
    const double nodes = next_.nodes;
    if (options_.gpus_per_task) return;
    for (const Form& form :
         {Form{&options_.gpus, 1, &with_cards}, Form{&options_.gpus_per_node, nodes, &with_cards},
          Form{&options_.gres, nodes, &with_gpus}}) {
        if (!*form.option) continue;
        const std::string& value = (*form.option)->value;
        const std::string fewer = form.write(value, std::ceil(left / form.parts));
        if (fewer == value) return;
        next_.gpus = left;
        return change(*form.option, fewer);
    }
    if (left <= 0 || options_.known) return;
    next_.gpus = left;
    add("--gpus", count_text(left));
}

views::NextTime Writer::take(const Alike& alike) {
    told_.history = alike.link;
    if (self_.memory_had) {
        const double had =
            *self_.memory_had / runs_.parts_of_node(self_.cores, self_.gpus, self_.nodes);
        next_.memory =
            part_.value_or(had) * runs_.parts_of_node(next_.cores, next_.gpus, next_.nodes);
    }
    runs_.tell(next_, alike.name, facts_.site.cost, told_);
    return std::move(told_);
}

}  // namespace

views::NextTime next_time_of(const std::vector<Finding>& findings, const Values& values,
                             const JobFacts& facts, const Options& options, const Alike& alike) {
    const auto given = [&](Advice advice) {
        return std::any_of(findings.begin(), findings.end(),
                           [&](const Finding& one) { return one.rule->advice == advice; });
    };
    Need self = need_of(values, facts);
    self.more_memory = self.more_memory || given(Advice::MoreMemory);
    self.more_time = self.more_time || given(Advice::MoreTime);
    const Runs runs(self, alike.runs, memory_unit(options));
    Writer writer(values, facts, options, runs);
    // What others are reckoned with comes first.
    for (const Advice advice : {Advice::Nodes, Advice::Cores, Advice::Gpus, Advice::MoreMemory,
                                Advice::Memory, Advice::MoreTime, Advice::Time}) {
        if (given(advice)) writer.write(advice);
    }
    writer.keep_memory();
    return writer.take(alike);
}

}  // namespace portal::jobstats
