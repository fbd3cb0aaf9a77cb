#include "handlers/jobstats/job/job_page.h"

#include <algorithm>

#include "fcgi/base/json_writer.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/response_writer.h"
#include "handlers/graphs/charts.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobs/use/kept_use.h"
#include "handlers/jobs/use/step_shares.h"
#include "handlers/jobstats/advice/headline.h"
#include "handlers/jobstats/advice/next_time.h"
#include "handlers/jobstats/advice/values.h"
#include "handlers/jobstats/chain/chain.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/job/notices.h"
#include "handlers/jobstats/job/resources.h"
#include "handlers/jobstats/job/verdicts.h"
#include "handlers/jobstats/measures/cost.h"
#include "handlers/jobstats/measures/measures.h"
#include "handlers/jobstats/runs/past_run.h"
#include "handlers/jobstats/script/job_script.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"

namespace portal::jobstats {
namespace {

using Weight = views::Notice::Weight;

constexpr double kGramsPerKilogram = 1000;

/// A cost as shown: where energy is missing, the reason is the energy's.
Reading shown(const std::optional<double>& amount, const Reading& energy) {
    if (amount) return *amount;
    if (std::holds_alternative<Unavailable>(energy)) return energy;
    return NoData{};
}

views::CostTable cost_table(const JobRun& run, const Measures& measures, const Site& site) {
    using Kind = views::CostRow::Kind;
    const CostSettings prices = prices_of(run, site);
    const Costs costs = costs_of(consumption_of(run, measures), prices);
    const bool gpus = run.has_gpus();
    const bool hardware = (gpus ? prices.gpu_hour : prices.cpu_core_hour).has_value();
    const bool cloud = (gpus ? prices.cloud_gpu_hour : prices.cloud_cpu_core_hour).has_value();
    const bool electricity = prices.electricity_per_kwh.has_value();
    const bool cooling = prices.cooling_per_kwh.has_value();
    std::optional<double> grams = costs.co2_kg;
    if (grams) *grams *= kGramsPerKilogram;
    views::CostTable table;
    const auto row = [&](bool has, Kind kind, const Reading& amount, std::string model = {}) {
        if (has) table.rows.push_back({kind, amount, std::move(model)});
    };
    const auto by_energy = [&](const auto& amount) { return shown(amount, measures.kwh); };
    row(with_power(run, site), Kind::Energy, measures.kwh);
    row(prices.co2_kg_per_mwh.has_value(), Kind::Co2, by_energy(grams));
    row(prices.car_km_per_kwh.has_value(), Kind::CarRange, by_energy(costs.car_km),
        prices.car_model);
    row(electricity || cooling || hardware, Kind::Internal, by_energy(costs.total));
    row(electricity, Kind::Electricity, by_energy(costs.electricity));
    row(cooling, Kind::Cooling, by_energy(costs.cooling));
    row(hardware, Kind::Hardware, shown(costs.hardware, NoData{}));
    row(cloud, Kind::Cloud, shown(costs.cloud, NoData{}),
        gpus ? prices.cloud_gpu_instance : prices.cloud_cpu_instance);
    table.currency = prices.currency;
    table.amortization_years = prices.amortization_years;
    table.energy_covered = measures.energy_covered;
    return table;
}

std::vector<views::ChartSection> sections_of(const JobRun& run, const std::string& base,
                                             const std::string& query, const Site& site) {
    std::vector<views::ChartSection> sections;
    if (!run.sampled()) return sections;
    for (const graph::Family<JobRun>& family : job_graphs().families) {
        if (!family.exporter(site.exporters).enabled) continue;
        if (family.fits != nullptr && !family.fits(run, site)) continue;
        if (sections.empty() || sections.back().id != family.section) {
            sections.push_back({std::string(family.section), {}});
        }
        for (auto& chart : charts_of(family, base, query, site)) {
            sections.back().charts.push_back(std::move(chart));
        }
    }
    return sections;
}

/// Rows of other jobs, or attempts of this one, with what the portal keeps of them, or else Slurm's
/// own numbers.
std::vector<views::JobRow> rows_of(const std::vector<slurm::Job>& jobs, const std::string& owner,
                                   Context& context) {
    const auto usages = read_step_usages(jobs, context);
    if (!usages.ok()) log_missing(usages.error());
    const KeptUses kept = read_kept_uses(jobs, context);
    std::vector<views::JobRow> rows;
    for (const slurm::Job& job : jobs) {
        rows.push_back(job_row(job, context.site, owner, context.clock.now()));
        if (usages.ok()) fill_step_shares(rows.back(), job, usages.value(), context.site);
        fill_kept_shares(rows.back(), job, kept, context.site);
    }
    return rows;
}

std::vector<views::JobRow> attempt_rows(const Attempts& attempts, const std::string& owner,
                                        Context& context) {
    if (attempts.all.size() < 2) return {};
    std::vector<views::JobRow> rows = rows_of(attempts.all, owner, context);
    const std::string base = job_base(context.site, owner, attempts.job().id);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].link = base + "?attempt=" + std::to_string(attempts.all[i].db_index);
    }
    return rows;
}

void fill_siblings(views::JobPage& page, const Attempts& attempts, Context& context) {
    page.het = attempts.job().het_job.has_value();
    const auto found = siblings_of(attempts, context);
    if (!found.ok()) return log_missing(found.error());
    page.siblings_cut = found.value().cut;
    page.siblings = rows_of(found.value().jobs, page.owner, context);
}

/// What the page says of the moments of an attempt. A resize makes a new row, which keeps the start
/// and has the resize as its submission: the job was submitted with its first row.
views::Timeline timeline_of(const Attempts& attempts, Instant now) {
    const slurm::Job& job = attempts.job();
    const slurm::Job* first = &job;
    for (std::size_t i = attempts.chosen + 1; i < attempts.all.size(); ++i) {
        if (attempts.all[i].state != JobState::Resized) break;
        first = &attempts.all[i];
    }
    views::Timeline timeline{.submitted = first->submitted,
                             .eligible = first->eligible,
                             .started = job.started,
                             .ended = job.ended,
                             .limit = job.time_limit,
                             .suspended = job.suspended,
                             .now = now,
                             .run_unknown = job.fault != slurm::RowFault::None};
    if (job.started) timeline.submitted = std::min(timeline.submitted, *job.started);
    const auto& eligible = timeline.eligible;
    const bool late = eligible && job.started && *eligible > *job.started;
    if (late || (eligible && *eligible < timeline.submitted)) timeline.eligible.reset();
    return timeline;
}

/// Who cancelled the job, by name, for staff.
void name_canceller(views::JobPage& page, const Visit& visit, const slurm::Job& job,
                    Context& context) {
    const auto by = job.cancelled_by;
    const bool another = by && *by != job.owner && *by != Uid{0};
    if (!visit.viewer.staff || job.state != JobState::Cancelled || !another) return;
    const auto person = context.directory.by_uid(*by);
    if (!person.ok()) return log_missing(person.error());
    const std::string name =
        person.value() ? person.value()->login.value : std::to_string(by->value);
    page.notices.push_back(
        {Weight::Information,
         {},
         views::sentence("It was cancelled by {0}.", {views::text_argument(name)}),
         {}});
}

void note_number(views::JobPage& page, const Attempts& attempts) {
    if (attempts.named) return;
    page.notices.push_back({Weight::Information, {}, unnamed_owner(attempts.owner.uid), {}});
}

void fill_heading(views::JobPage& page, const JobRun& run, const Attempts& attempts, Instant now) {
    const slurm::Job& job = run.job;
    page.number = job_number(job);
    page.name = job.name;
    page.state = job.state;
    page.state_number = job.state_number;
    page.state_text = state_sentence(job);
    page.account = job.account;
    page.partition = job.partition;
    if (job.array) page.array_number = std::to_string(job.array->value);
    page.nodes = job.nodes;
    page.work_dir = job.work_dir;
    page.submit_line = job.submit_line;
    if (job.ended && job.started) {
        page.exit_code = job.exit_code.code;
        page.exit_signal = job.exit_code.signal;
    }
    page.timeline = timeline_of(attempts, now);
}

/// The sentence on top, what to write next time, and the notices. What the sentence says is not
/// said again.
void fill_advice(views::JobPage& page, const JobFacts& facts, const Attempts& attempts,
                 Language language, Context& context) {
    const Surroundings around{scan_script(page.script.lines), page.siblings.size()};
    const Values values = values_of(facts, around);
    const auto findings = findings_of(values, facts.run.job.partition, facts.site);
    page.headline = headline_of(findings, values, facts, language);
    const Options options =
        options_of(page.script.lines, facts.run.job.submit_line, facts.run.job.het_offset);
    page.next_time =
        next_time_of(findings, values, facts, options,
                     runs_like(facts.run.job, attempts.owner, page.owner, findings, context));
    page.failed = is_failure(facts.run.job.state);
    if (facts.run.job.started) {
        // A heterogeneous job has one script, whose output is that of its first component.
        const Options first = options_of(page.script.lines, facts.run.job.submit_line);
        page.output = output_path(first, facts.run.job, page.owner);
    }
    std::vector<views::Notice> advice;
    for (const Finding& finding : findings) {
        advice.push_back(notice_of(finding, values, facts.site, language));
        if (finding.rule->line == Input::Count) continue;
        page.script.marked.push_back(
            static_cast<std::size_t>(values[finding.rule->line].value_or(0)));
    }
    page.notices = notices_of(facts, advice);
    std::erase_if(page.notices, [&](const views::Notice& notice) {
        return notice.title.empty() && notice.text.id == page.headline.text.id;
    });
    for (views::Notice& notice : page.notices) {
        if (notice.title.id == page.headline.text.id) notice.title = notice.lost = {};
    }
    if (page.state_text.id == page.headline.text.id || !advice.empty()) page.state_text = {};
}

views::JobPage page_of(const Visit& visit, const Attempts& attempts, Context& context) {
    const Site& site = context.site;
    const Instant now = context.clock.now();
    JobRun run = run_of(attempts.job(), site, now);
    const std::optional<Measures> kept = kept_measures(run, context);
    const MeasureTickets tickets = kept ? MeasureTickets{} : ask_measures(run, context);
    views::JobPage page;
    page.owner = visit.captures.username.value;
    page.cluster = site.cluster;
    page.base = job_base(site, page.owner, run.job.id);
    page.user_link = user_link(site, page.owner);
    if (run.job.array) page.array_link = array_link(site, page.owner, run.job);
    fill_heading(page, run, attempts, now);
    page.frame = frame_of(visit, site, now, page.owner);
    page.frame.crumbs = {jobs_crumb(page.frame, page.owner, page.user_link),
                         {views::sentence("Job {0}", {views::text_argument(page.number)}), {}}};
    if (run.running) {
        page.frame.live_seconds = static_cast<unsigned>(site.exporters.job.interval.count());
    }
    const std::string query = attempt_query(run.job);
    page.script = script_of(visit, attempts, page.base, query, context);
    page.attempts = attempt_rows(attempts, page.owner, context);
    fill_siblings(page, attempts, context);
    JobChain chain = chain_of(attempts, page.owner, context);
    page.chain = std::move(chain.chain);
    page.waits_for = std::move(chain.waits_for);
    const Measures measures = kept ? *kept : collect_measures(tickets, run, context);
    const JobFacts facts{run, measures, site};
    page.verdicts = verdicts_of(facts);
    fill_advice(page, facts, attempts, visit.request.language, context);
    name_canceller(page, visit, run.job, context);
    note_number(page, attempts);
    page.resources = resources_of(facts);
    if (run.job.run_known()) page.cost = cost_table(run, measures, site);
    page.sections = sections_of(run, page.base, query, site);
    return page;
}

void write_amount(JsonWriter& json, std::string_view key, const std::optional<double>& amount) {
    json.key(key);
    if (amount)
        json.number(*amount);
    else
        json.null();
}

}  // namespace

Response job_page(const Visit& visit, Context& context) {
    const auto found = find_attempts(visit, context);
    if (!found.ok()) return source_missing_page(visit, context, found.error());
    // A page has one address, and a task that has no row yet is shown among its array's.
    if (visit.captures.task) {
        return redirect(302, task_link(context.site, visit.captures.username.value,
                                       found.value().job(), *visit.captures.task));
    }
    Response response = context.views.render(page_of(visit, found.value(), context));
    // What is over seldom changes, and the browser has it already when its reader comes back.
    if (found.value().job().ended) add_etag(response, visit.request);
    return response;
}

Response job_cost(const Visit& visit, Context& context) {
    const auto found = find_attempts(visit, context);
    if (!found.ok()) return source_missing_json(found.error());
    JobRun run = run_of(found.value().job(), context.site, context.clock.now());
    const std::optional<Measures> kept = kept_measures(run, context);
    const Measures measures = kept ? *kept : collect_energy(ask_energy(run, context), run, context);
    if (measures.missing) return source_missing_json(*measures.missing);
    Costs costs;  // none is known of a job whose times contradict each other
    if (run.job.run_known()) {
        costs = costs_of(consumption_of(run, measures), prices_of(run, context.site));
    }
    JsonWriter json;
    json.begin_object();
    write_amount(json, "kwh", number(measures.kwh));
    write_amount(json, "electric_car_range_km", costs.car_km);
    write_amount(json, "electricity_cost_dollar", costs.electricity);
    write_amount(json, "cooling_cost_dollar", costs.cooling);
    write_amount(json, "hardware_cost_dollar", costs.hardware);
    write_amount(json, "cloud_cost_dollar", costs.cloud);
    write_amount(json, "co2_emissions_kg", costs.co2_kg);
    json.end_object();
    return json_response(200, json.take(), "private, no-cache");
}

}  // namespace portal::jobstats
