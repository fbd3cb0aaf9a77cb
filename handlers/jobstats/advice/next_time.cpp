#include "handlers/jobstats/advice/next_time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

constexpr double kMebibyte = kGibibyte / 1024;
constexpr double kLessIsLess = 0.9;  // of what it was: else it is not worth a line
constexpr std::uint64_t kMostCount = 1'000'000;

/// Up to `upto`, amounts are rounded up to a multiple of `step`.
struct Rounding {
    double upto;
    double step;
};

double rounded_up(double amount, std::span<const Rounding> table) {
    for (const Rounding& row : table) {
        if (amount <= row.upto) return std::ceil(amount / row.step) * row.step;
    }
    const double last = table.back().step;
    return std::ceil(amount / last) * last;
}

/// Bytes as people write them: 500M, 9G, 72G.
double friendly_memory(double bytes) {
    constexpr std::array kTable = {
        Rounding{kGibibyte, 100 * kMebibyte}, Rounding{16 * kGibibyte, kGibibyte},
        Rounding{64 * kGibibyte, 2 * kGibibyte}, Rounding{256 * kGibibyte, 8 * kGibibyte},
        Rounding{1024 * kGibibyte, 16 * kGibibyte}};
    return rounded_up(bytes, kTable);
}

std::string memory_text(double bytes) {
    const bool whole = std::fmod(bytes, kGibibyte) == 0;
    const double unit = whole ? kGibibyte : kMebibyte;
    return std::to_string(static_cast<std::uint64_t>(std::ceil(bytes / unit))) +
           (whole ? "G" : "M");
}

double friendly_time(double seconds) {
    constexpr double kMinute = 60;
    constexpr std::array kTable = {
        Rounding{kSecondsPerHour, 5 * kMinute}, Rounding{6 * kSecondsPerHour, 15 * kMinute},
        Rounding{24 * kSecondsPerHour, 30 * kMinute}, Rounding{1e9, kSecondsPerHour}};
    return rounded_up(seconds, kTable);
}

/// As Slurm reads it: 3:15:00, 2-00:00:00.
std::string time_text(double seconds) {
    const auto all = static_cast<std::int64_t>(seconds);
    constexpr std::int64_t kDaySeconds = 86400;
    std::array<char, 48> buffer{};
    const auto days = static_cast<long long>(all / kDaySeconds);
    const auto hours = static_cast<long long>(all / 3600 % 24);
    const auto minutes = static_cast<long long>(all / 60 % 60);
    const int length =
        days > 0 ? std::snprintf(buffer.data(), buffer.size(), "%lld-%02lld:%02lld:00", days, hours,
                                 minutes)
                 : std::snprintf(buffer.data(), buffer.size(), "%lld:%02lld:00", hours, minutes);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string count_text(double count) {
    return std::to_string(static_cast<std::uint64_t>(count));
}

std::optional<double> count_of(const std::optional<Option>& option) {
    if (!option) return std::nullopt;
    const auto count = text::parse_unsigned(option->value, kMostCount);
    if (!count || *count == 0) return std::nullopt;
    return static_cast<double>(*count);
}

/// What Slurm counts as CPUs, in allocations and in options alike.
double cpus_of_node(double cores, double nodes) {
    return std::max(std::ceil(cores / nodes), 1.0);
}

/// Puts the lines together for one job.
class Writer {
 public:
    Writer(const Values& values, const JobFacts& facts, const Options& options)
        : values_(values),
          facts_(facts),
          options_(options),
          advice_(facts.site.advice),
          nodes_(static_cast<double>(nodes_of(facts.run))),
          next_nodes_(nodes_),
          cores_(values[Input::Cores].value_or(0)),
          next_cores_(cores_) {}

    void write(Advice advice);
    /// What follows from the others: less cores with memory by core is less memory.
    void keep_memory();
    [[nodiscard]] views::NextTime take() {
        add_savings();
        return std::move(next_);
    }

 private:
    void nodes();
    void cores();
    void memory(double bytes_of_node, bool more);
    void time(double seconds, bool more);
    void gpus();
    void add_savings();

    void change(const std::optional<Option>& option, const std::string& value);
    void add(std::string_view spelled, const std::string& value);
    void scale_tasks(double factor);
    [[nodiscard]] double peak_of_node() const;

    const Values& values_;
    const JobFacts& facts_;
    const Options& options_;
    const AdviceSettings& advice_;
    double nodes_;
    double next_nodes_;
    double cores_;
    double next_cores_;
    std::optional<double> next_gpus_;
    bool memory_done_ = false;
    views::NextTime next_;
};

void Writer::change(const std::optional<Option>& option, const std::string& value) {
    next_.lines.push_back({option->with(option->value), value.empty() ? "" : option->with(value)});
}

void Writer::add(std::string_view spelled, const std::string& value) {
    next_.lines.push_back({"", "#SBATCH " + std::string(spelled) + "=" + value});
}

/// The largest that one node used, as far as it is known.
double Writer::peak_of_node() const {
    const Measures& measures = facts_.measures;
    double most = values_[Input::MemoryPeak].value_or(0) / nodes_;
    for (const JobUse::Node& node : measures.nodes) most = std::max(most, node.memory.value_or(0));
    return most;
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
            if (!values_[Input::MemoryPeak]) return;
            return memory(peak_of_node() * advice_.memory, false);
        case Advice::MoreMemory:
            return memory(values_[Input::Memory].value_or(0) / nodes_ * advice_.more_memory, true);
        case Advice::Time:
            return time(std::max(values_[Input::RunTime].value_or(0) * advice_.time,
                                 static_cast<double>(advice_.least_time.count())),
                        false);
        case Advice::MoreTime:
            return time(values_[Input::TimeLimit].value_or(0) * advice_.more_time, true);
        case Advice::Gpus:
            return gpus();
    }
}

void Writer::nodes() {
    const auto busy = values_[Input::BusyNodes];
    if (!busy || *busy < 1 || *busy >= nodes_) return;
    next_nodes_ = *busy;
    next_cores_ = cores_ * next_nodes_ / nodes_;
    if (options_.nodes) {
        change(options_.nodes, count_text(next_nodes_));
    } else {
        add("--nodes", count_text(next_nodes_));
    }
    if (const auto tasks = count_of(options_.tasks)) {
        const double fewer = std::max(std::ceil(*tasks * next_nodes_ / nodes_), 1.0);
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
        next_cores_ = std::ceil(cores_ * fewer / *count);
        return change(*option, count_text(fewer));
    }
}

void Writer::cores() {
    const double used = values_[Input::CoresUsed].value_or(cores_);
    const double most = std::max(used, values_[Input::CoresPeak].value_or(0));
    double wanted = std::max(std::ceil(most * advice_.cores), 1.0);
    wanted = std::max(wanted, values_[Input::EvenCores].value_or(0));
    if (cores_ <= 0 || wanted >= cores_) return;
    scale_tasks(wanted / cores_);
    if (next_cores_ < cores_ || nodes_ > 1) return;
    const bool said = options_.cpus_per_task || options_.tasks || options_.tasks_per_node;
    if (said) return;
    next_cores_ = wanted;
    add("--cpus-per-task", count_text(wanted));
}

void Writer::memory(double bytes_of_node, bool more) {
    const double had = values_[Input::Memory].value_or(0) / nodes_;
    if (had <= 0 || bytes_of_node <= 0) return;
    const double wanted = friendly_memory(bytes_of_node);
    if (!more && wanted > had * kLessIsLess) return;
    memory_done_ = true;
    const auto part = [&](double parts) { return memory_text(friendly_memory(wanted / parts)); };
    if (options_.memory_per_cpu) {
        return change(options_.memory_per_cpu, part(cpus_of_node(next_cores_, next_nodes_)));
    }
    if (options_.memory_per_gpu) {
        const double cards = next_gpus_.value_or(values_[Input::Gpus].value_or(0)) / next_nodes_;
        if (cards > 0) return change(options_.memory_per_gpu, part(cards));
    }
    if (options_.memory) return change(options_.memory, memory_text(wanted));
    add("--mem", memory_text(wanted));
}

void Writer::keep_memory() {
    const bool fewer = next_cores_ / next_nodes_ < cores_ / nodes_;
    if (memory_done_ || !options_.memory_per_cpu || !fewer || !values_[Input::MemoryPeak]) return;
    const double had = values_[Input::Memory].value_or(0) / nodes_;
    const double wanted = std::min(friendly_memory(peak_of_node() * advice_.memory), had);
    const double now = had / cpus_of_node(cores_, nodes_);
    if (wanted / cpus_of_node(next_cores_, next_nodes_) <= now) return;
    memory(wanted, true);
}

void Writer::time(double seconds, bool more) {
    const double limit = values_[Input::TimeLimit].value_or(0);
    if (limit <= 0 || seconds <= 0) return;
    const double wanted = friendly_time(seconds);
    if (!more && wanted > limit * kLessIsLess) return;
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
    const auto had = values_[Input::Gpus];
    const auto idle =
        values_[Input::GpusIdle] ? values_[Input::GpusIdle] : values_[Input::GpusUnseen];
    if (!had || !idle || *idle < 1) return;
    const double left = std::max(*had - *idle, 0.0);
    next_gpus_ = left;
    struct Form {
        const std::optional<Option>* option;
        double parts;
        std::string (*write)(const std::string& value, double count);
    };
    for (const Form& form :
         {Form{&options_.gpus, 1, &with_cards}, Form{&options_.gpus_per_node, nodes_, &with_cards},
          Form{&options_.gres, nodes_, &with_gpus}}) {
        if (!*form.option) continue;
        const std::string& value = (*form.option)->value;
        const std::string fewer = form.write(value, std::ceil(left / form.parts));
        if (fewer != value) change(*form.option, fewer);
        return;
    }
    if (left > 0 && !options_.known) add("--gpus", count_text(left));
}

void Writer::add_savings() {
    const double hours = values_[Input::RunTime].value_or(0) / kSecondsPerHour;
    const CostSettings& cost = facts_.site.cost;
    constexpr double kLeast = 0.1;
    const auto save = [&](double amount, const std::optional<double>& price, const char* priced,
                          const char* plain) {
        if (amount < kLeast) return;
        std::vector<views::Argument> arguments = {views::number_argument(amount)};
        if (price) arguments.push_back(views::money_argument(amount * *price, cost.currency));
        next_.saves.push_back({price ? priced : plain, std::move(arguments), {}, 0});
    };
    const double gpus = values_[Input::Gpus].value_or(0);
    save((gpus - next_gpus_.value_or(gpus)) * hours, cost.gpu_hour,
         views::mark("A run like this one would hold {0} GPU-hours less, about {1}."),
         views::mark("A run like this one would hold {0} GPU-hours less."));
    save((cores_ - next_cores_) * hours, cost.cpu_core_hour,
         views::mark("A run like this one would hold {0} core-hours less, about {1}."),
         views::mark("A run like this one would hold {0} core-hours less."));
}

}  // namespace

views::NextTime next_time_of(const std::vector<Finding>& findings, const Values& values,
                             const JobFacts& facts, const Options& options) {
    Writer writer(values, facts, options);
    // What others are reckoned with comes first.
    for (const Advice advice : {Advice::Nodes, Advice::Cores, Advice::Gpus, Advice::MoreMemory,
                                Advice::Memory, Advice::MoreTime, Advice::Time}) {
        const bool given = std::any_of(findings.begin(), findings.end(), [&](const Finding& one) {
            return one.rule->advice == advice;
        });
        if (given) writer.write(advice);
    }
    writer.keep_memory();
    return writer.take();
}

}  // namespace portal::jobstats
