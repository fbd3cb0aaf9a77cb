#include "handlers/jobstats/measures/measures.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "handlers/jobs/gpu_model.h"
#include "handlers/jobstats/run/gpu_use.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

/// Marks all that Prometheus would have told as unavailable.
void mark_missing(Measures& measures, const SourceError& error) {
    if (!measures.missing) log_missing(error);
    measures.missing = error;
}

/// The nodes, asked with more care as long as their answers do not do.
std::optional<SourceError> read_nodes(const NodeTickets& tickets, const JobRun& run,
                                      Context& context, NodeUses& nodes) {
    auto failed = collect_nodes(tickets, nodes, context);
    for (auto asked = Care::Ends; !failed;) {
        const auto care = care_for(nodes, run);
        if (!care || *care <= asked) break;
        asked = *care;
        failed = collect_nodes(ask_nodes(run, asked, context), nodes, context);
    }
    return failed;
}

void take_use(const JobUse& use, const JobRun& run, Measures& measures) {
    const auto in_use = [&](double cores) {
        return cores_in_use(cores, run.cores(), run.threads_per_core);
    };
    if (use.cores) {
        // While it was suspended it could not use any.
        measures.cores = in_use(*use.cores * static_cast<double>(run.range.length().count()) /
                                static_cast<double>(run.ran().count()));
    }
    measures.covered = measures.gpu_covered = use.covered;
    measures.memory = reading(use.memory);
    measures.memory_rss = reading(use.memory_rss);
    measures.odd_samples += use.odd;
    measures.leapt = use.leapt;
    if (use.cores_peak) measures.cores_peak = in_use(*use.cores_peak);
    measures.threads = use.threads;
    measures.memory_rise = use.memory_rise;
    measures.nodes = use.nodes;
}

/// Share of the power between idle and full of one card, from the mean of all.
Reading power_share(double watts, const GpuModel* model) {
    if (model == nullptr || model->power_w <= model->idle_power_w) return NoData{};
    return std::clamp((watts - model->idle_power_w) / (model->power_w - model->idle_power_w), 0.0,
                      1.0);
}

/// Sum over those of the cards that tell, and how many these are.
template <class Value>
SampleSum total(const std::vector<Card>& cards, Value value) {
    SampleSum all;
    for (const Card& card : cards) {
        const std::optional<double> one = value(card);
        if (!one) continue;
        all.sum += *one;
        all.count += 1;
    }
    return all;
}

double gpus_covered(const Cards& cards, double measured, const JobRun& run, const Site& site,
                    double nodes_covered) {
    const double count = std::max<double>(run.gpus(), 1);
    if (!cards.went_through) return nodes_covered * std::min(measured / count, 1.0);
    std::vector<double> seconds;
    for (const Card& card : cards.all) {
        seconds.push_back(card.cycles.count * static_cast<double>(cards.step.count()));
    }
    const Seconds slack = 2 * site.exporters.job.interval + cards.step;
    return std::min(
        nodes_covered,
        covered_share(seconds, {.run = run.range.length(), .slack = slack, .things = run.gpus()}));
}

void read_memory(const std::vector<Card>& cards, const GpuModel* model, double count,
                 Measures& measures) {
    const auto used = total(cards, [](const Card& card) { return card.memory; });
    const auto all = total(cards, [](const Card& card) { return card.total; });
    if (used.count > 0) measures.gpu_memory = used.sum;
    if (all.count > 0) measures.gpu_memory_total = all.sum;
    if (all.count == 0 && model != nullptr && model->memory_gib > 0) {
        measures.gpu_memory_total = model->memory_bytes() * count;
    }
}

void read_gpus(const Cards& found, const JobRun& run, const Site& site, Measures& measures) {
    const std::vector<Card>& cards = found.all;
    std::set<std::string> types;
    for (const Card& card : cards) {
        types.insert(card.type);
        measures.parts_of_cards = measures.parts_of_cards || card.part;
        measures.odd_samples += card.odd;
    }
    measures.gpu_types.assign(types.begin(), types.end());
    measures.gpus = static_cast<std::uint32_t>(cards.size());
    measures.cards = cards;
    if (cards.empty()) return;
    const GpuModel* model = gpu_model(run.job.allocated.gpus, measures.gpu_types, site);
    const double count = run.gpus() > 0 ? run.gpus() : measures.gpus;
    const auto cycles = total(cards, [](const Card& card) { return card.cycles.mean(); });
    measures.gpu_covered = gpus_covered(found, cycles.count, run, site, measures.gpu_covered);
    if (const auto mean = cycles.mean()) {
        measures.gpu_cycles = std::min(metric::kGpuUtilization.base(*mean), 1.0);
    }
    read_memory(cards, model, count, measures);
    if (measures.parts_of_cards) return;
    const auto power = total(cards, [](const Card& card) { return card.power.mean(); });
    if (const auto mean = power.mean()) {
        const double watts = metric::kGpuPower.base(*mean);
        measures.gpu_power = power_share(watts, model);
        measures.gpu_watts = watts * count;
    }
}

/// The GPUs, gone through sample by sample if something cannot be.
Result<Cards> collect_cards(prometheus::Ticket ticket, const JobRun& run, Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    Cards cards = read_cards(answer.value(), run);
    if (!cards.odd) return cards;
    const auto careful = context.metrics.collect(ask_cards_carefully(run, context));
    if (!careful.ok()) return careful.error();
    return read_cards_carefully(careful.value(), run, context.site);
}

void read_power(const JobPower& power, const JobRun& run, Measures& measures) {
    if (power.watts.empty() || measures.parts_of_cards) return;
    if (sees_others_gpus(run, measures)) return;
    const Energy energy = integrate(power.watts, power.grid, run.range, run.job.nodes.size());
    measures.energy_covered = energy.covered;
    if (energy.covered > 0) measures.kwh = energy.kwh;
}

/// Cores and memory as seff has them, where there are no samples or too few.
void fall_back_to_steps(const JobRun& run, Context& context, Measures& measures) {
    if (!run.job.run_known() || !run.job.ended) return;
    const bool partly = measures.covered < kMostCovered;
    const bool lacks_cores = partly || !number(measures.cores);
    const bool lacks_memory = partly || !number(measures.memory);
    if (!lacks_cores && !lacks_memory) return;
    const std::array<std::uint64_t, 1> attempt = {run.job.db_index};
    const auto usage = context.slurm.usage(attempt);
    if (!usage.ok()) {
        log_missing(usage.error());
        measures.steps_missing = usage.error();
        return;
    }
    const auto found = usage.value().find(run.job.db_index);
    if (found == usage.value().end() || run.range.length().count() == 0) return;
    const slurm::StepUsage& steps = found->second;
    if (lacks_cores && steps.cpu_time) {
        measures.cores_from_steps = true;
        const double mean =
            static_cast<double>(steps.cpu_time->count()) / static_cast<double>(run.ran().count());
        measures.cores = cores_in_use(mean, run.cores(), run.threads_per_core);
    }
    if (lacks_memory && steps.peak_memory) {
        measures.memory_from_steps = true;
        measures.memory = static_cast<double>(steps.peak_memory->count);
        if (steps.peak_at_most) {
            measures.memory_at_most = static_cast<double>(steps.peak_at_most->count);
        }
    }
}

void add_files(prometheus::Ticket ticket, const JobRun& run, Context& context, Measures& measures) {
    const auto files = collect_files(ticket, run, context);
    if (!files.ok()) return mark_missing(measures, files.error());
    measures.files = files.value();
}

}  // namespace

MeasureTickets ask_measures(const JobRun& run, Context& context) {
    MeasureTickets tickets;
    if (!run.sampled()) return tickets;
    tickets.nodes = ask_nodes(run, Care::Ends, context);
    if (run.has_gpus()) tickets.gpus = ask_cards(run, context);
    if (with_power(run, context.site)) tickets.power = ask_power(run, run.range, context);
    if (context.site.exporters.lustre.enabled) tickets.files = ask_files(run, context);
    tickets.pace = ask_pace(run, context);
    return tickets;
}

MeasureTickets ask_energy(const JobRun& run, Context& context) {
    MeasureTickets tickets;
    if (!run.sampled()) return tickets;
    tickets.gpus = ask_cards(run, context);
    if (with_power(run, context.site)) tickets.power = ask_power(run, run.range, context);
    return tickets;
}

namespace {

void add_gpus(prometheus::Ticket ticket, JobRun& run, Context& context, Measures& measures) {
    const auto cards = collect_cards(ticket, run, context);
    if (cards.ok()) {
        run.measured_gpus = static_cast<std::uint32_t>(cards.value().all.size());
        run.gpus_unknown = false;
        return read_gpus(cards.value(), run, context.site, measures);
    }
    mark_missing(measures, cards.error());
    const Unavailable away{cards.error().source};
    measures.gpu_cycles = measures.gpu_memory = away;
    measures.gpu_power = measures.gpu_watts = away;
}

/// Cores and memory; and the GPUs, if the samples show some that Slurm does not count.
void add_nodes(const NodeTickets& tickets, JobRun& run, Context& context, Measures& measures) {
    NodeUses nodes;
    if (const auto failed = read_nodes(tickets, run, context, nodes)) {
        mark_missing(measures, *failed);
        measures.cores = measures.memory = measures.memory_rss = Unavailable{failed->source};
        return;
    }
    const JobUse use = joined(nodes, run, context.site);
    take_use(use, run, measures);
    run.gpus_unknown = run.gpus_unknown && use.gpus;
    if (run.gpus_unknown) add_gpus(ask_cards(run, context), run, context, measures);
}

void add_power(const PowerTickets& tickets, const JobRun& run, Context& context,
               Measures& measures) {
    const auto power = collect_power(tickets, run, context);
    if (power.ok()) return read_power(power.value(), run, measures);
    mark_missing(measures, power.error());
    measures.kwh = Unavailable{power.error().source};
}

void add_energy(const MeasureTickets& tickets, JobRun& run, Context& context, Measures& measures) {
    if (tickets.gpus) add_gpus(*tickets.gpus, run, context, measures);
    // It may turn out to have GPUs at a site that does not measure those of nodes.
    const bool wanted = tickets.power && with_power(run, context.site);
    if (wanted) add_power(*tickets.power, run, context, measures);
}

}  // namespace

Measures collect_energy(const MeasureTickets& tickets, JobRun& run, Context& context) {
    Measures measures;
    add_energy(tickets, run, context, measures);
    return measures;
}

Measures collect_measures(const MeasureTickets& tickets, JobRun& run, Context& context) {
    Measures measures;
    if (tickets.nodes) add_nodes(*tickets.nodes, run, context, measures);
    add_energy(tickets, run, context, measures);
    if (tickets.files) add_files(*tickets.files, run, context, measures);
    if (tickets.pace) measures.pace = collect_pace(*tickets.pace, run, context);
    fall_back_to_steps(run, context, measures);
    return measures;
}

}  // namespace portal::jobstats
