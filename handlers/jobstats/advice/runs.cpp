#include "handlers/jobstats/advice/runs.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace portal::jobstats {
namespace {

constexpr double kMemoryQuantile = 0.99;  // of what runs needed
constexpr double kTimeQuantile = 0.95;
constexpr double kFewestRuns = 3;  // of fewer, the job alone counts
constexpr double kLeastHours = 0.1;

/// What ran out of a thing needs this at least.
Demand with_bound(Demand demand, double bound) {
    demand.wanted = std::max(demand.wanted, bound);
    demand.plain = std::max(demand.plain, bound);
    return demand;
}

/// Sentences about hours: of one run, of several; with a price, without.
using Texts = std::array<std::array<const char*, 2>, 2>;

}  // namespace

Runs::Runs(Need self, const std::vector<Need>& others, MemoryOf unit)
    : all_{self}, whole_(self.whole ? 1 : 0), unit_(unit) {
    const double all = whole_ + static_cast<double>(others.size());
    if (all < kFewestRuns) return;
    all_.insert(all_.end(), others.begin(), others.end());
    whole_ = all;
}

double Runs::most_of(Need::Number Need::*used, double Need::*had) const {
    double most = 0;
    for (const Need& run : all_) most = std::max(most, (run.*used).value_or(run.*had));
    return most;
}

double cpus_of_node(double cores, double nodes) {
    return std::max(std::ceil(cores / nodes), 1.0);
}

double Runs::parts_of_node(double cores, double gpus, double nodes) const {
    if (unit_ == MemoryOf::Cpu) return cpus_of_node(cores, nodes);
    return unit_ == MemoryOf::Gpu && gpus > 0 ? gpus / nodes : 1;
}

/// Memory of a run's node for a node of the size that the job's have.
double Runs::like_self(double bytes_of_node, const Need& run) const {
    return bytes_of_node / parts_of_node(run.cores, run.gpus, run.nodes) *
           parts_of_node(self().cores, self().gpus, self().nodes);
}

Demand Runs::memory(const AdviceSettings& advice) const {
    std::vector<double> needs;
    double bound = 0;
    for (const Need& run : all_) {
        if (run.more_memory) {
            bound = std::max(bound, like_self(run.memory_had.value_or(0), run));
        } else if (run.memory) {
            needs.push_back(like_self(*run.memory, run));
        }
    }
    return with_bound(demand_of(needs, kMemoryQuantile, advice.memory), bound * advice.more_memory);
}

Demand Runs::time(const AdviceSettings& advice) const {
    std::vector<double> needs;
    double bound = 0;
    for (const Need& run : all_) {
        if (run.more_time) {
            bound = std::max(bound, run.limit.value_or(0));
        } else if (run.ran) {
            needs.push_back(*run.ran);
        }
    }
    return with_bound(demand_of(needs, kTimeQuantile, advice.time), bound * advice.more_time);
}

/// It needed more than the next one will have.
bool Runs::is_stopped(const Need& run, const Request& next) const {
    if (next.memory) {
        const auto used = run.more_memory ? run.memory_had : run.memory;
        const double needs = like_self(used.value_or(0), run);
        if (run.more_memory ? needs >= *next.memory : needs > *next.memory) return true;
    }
    if (!next.limit) return false;
    return run.more_time ? run.limit.value_or(0) >= *next.limit : run.ran.value_or(0) > *next.limit;
}

views::Sentence Runs::outcome(const Request& next) const {
    std::uint64_t stopped = 0;
    double limited = 0;
    for (const Need& run : all_) {
        if (!run.whole) continue;
        stopped += is_stopped(run, next) ? 1U : 0U;
        limited += run.more_memory || run.more_time ? 1 : 0;
    }
    if (stopped > 0) {
        return views::plural_sentence("It would have stopped {0} of them.",
                                      "It would have stopped {0} of them.", stopped);
    }
    if (limited > 0) {
        return views::sentence(
            "With this, those that completed ({0}) would have ended, and those that reached a "
            "limit "
            "({1}) would have had more.",
            {views::number_argument(whole_ - limited), views::number_argument(limited)});
    }
    return views::sentence("With this, all {0} would have ended.",
                           {views::number_argument(whole_)});
}

/// Hours of what they had above what the next one will have.
template <class Above>
double Runs::saved(const Above& above) const {
    double sum = 0;
    for (const Need& run : all_) {
        if (run.whole || !many()) sum += std::max(above(run), 0.0) * run.hours;
    }
    return sum;
}

void Runs::tell_savings(const Request& next, const CostSettings& cost,
                        views::NextTime& told) const {
    const auto save = [&](double amount, const std::optional<double>& price, const Texts& texts) {
        if (amount < kLeastHours) return;
        std::vector<views::Argument> arguments = {views::number_argument(amount)};
        if (price) arguments.push_back(views::money_argument(amount * *price, cost.currency));
        const char* text = texts.at(many() ? 1 : 0).at(price ? 0 : 1);
        told.saves.push_back({text, std::move(arguments), {}, 0});
    };
    if (next.gpus < self().gpus) {
        save(saved([&](const Need& run) { return run.gpus - next.gpus; }), cost.gpu_hour,
             {{{views::mark("A run like this one would hold {0} GPU-hours less, about {1}."),
                views::mark("A run like this one would hold {0} GPU-hours less.")},
               {views::mark("They would have held {0} GPU-hours less, about {1}."),
                views::mark("They would have held {0} GPU-hours less.")}}});
    }
    if (next.cores < self().cores) {
        save(saved([&](const Need& run) { return run.cores - next.cores; }), cost.cpu_core_hour,
             {{{views::mark("A run like this one would hold {0} core-hours less, about {1}."),
                views::mark("A run like this one would hold {0} core-hours less.")},
               {views::mark("They would have held {0} core-hours less, about {1}."),
                views::mark("They would have held {0} core-hours less.")}}});
    }
    if (!many() || !next.memory || next.memory >= self().memory_had) return;
    const double part = *next.memory / parts_of_node(next.cores, next.gpus, next.nodes);
    const double hours = saved([&](const Need& run) {
        const double wanted = part * parts_of_node(run.cores, run.gpus, run.nodes);
        return (run.memory_had.value_or(0) - wanted) * run.nodes / kGibibyte;
    });
    if (hours < kLeastHours) return;
    told.saves.push_back(views::sentence("They would have held {0} GiB-hours of memory less.",
                                         {views::number_argument(hours)}));
}

void Runs::tell(const Request& next, const std::string& name, const CostSettings& cost,
                views::NextTime& told) const {
    tell_savings(next, cost, told);
    if (many()) {
        told.basis = views::sentence("From the newest {0} runs of “{1}”.",
                                     {views::number_argument(whole_), views::text_argument(name)});
        if (!told.lines.empty()) told.outcome = outcome(next);
    } else if (!told.history.empty()) {
        told.basis = views::sentence("From this run only: fewer than three like it are known.");
    }
}

}  // namespace portal::jobstats
