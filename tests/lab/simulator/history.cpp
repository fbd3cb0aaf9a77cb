#include "history.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "accounting_file.h"
#include "allocations.h"
#include "exporters.h"
#include "people.h"
#include "storage_file.h"
#include "stories.h"
#include "truth.h"

namespace portal::simulator {
namespace {

constexpr UnixTime kRuleStep = 240;  // below Prometheus's look-back of 5 minutes

/// Keeps the jobs that ended.
class Recorder : public Listener {
 public:
    void changed(const Job& job, UnixTime) override {
        if (job.end > 0) ended_.push_back(job);
    }
    [[nodiscard]] std::vector<Job> take() { return std::move(ended_); }

 private:
    std::vector<Job> ended_;
};

UnixTime rounded_up(UnixTime time, UnixTime step) {
    return (time + step - 1) / step * step;
}

void write_rules(Simulation& simulation, UnixTime time, OpenMetricsFiles& files) {
    files.target(time, "cluster=\"" + simulation.cluster().name + '"');
    expose_rules(simulation, time, files);
}

void write_metrics(Simulation& simulation, OpenMetricsFiles& files) {
    const UnixTime now = simulation.settings().now;
    const std::vector<Target> all = targets(simulation.cluster());
    const UnixTime first = rounded_up(simulation.begin(), kInterval);
    UnixTime rule = rounded_up(now - simulation.scale().rule_span, kRuleStep);
    for (; rule < first; rule += kRuleStep) write_rules(simulation, rule, files);
    for (UnixTime minute = first; minute <= now; minute += kInterval) {
        simulation.advance(std::max(minute, simulation.time()));
        if (minute % kRuleStep == 0) write_rules(simulation, minute, files);
        for (const Target& target : all) {
            const UnixTime time = minute + target.offset;
            if (time > now) break;
            simulation.advance(time);
            if (!is_up(target, simulation)) continue;
            files.target(time, target_labels(target, simulation.cluster()));
            expose(target, simulation, files);
        }
    }
    simulation.advance(now);
    files.close();
}

void write_file(const std::string& path, const auto& write) {
    std::ofstream out(path);
    write(out);
    if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace

std::string write_history(const Settings& settings, const std::string& folder,
                          const std::string& live_address) {
    Recorder recorder;
    Simulation simulation(settings, recorder);
    OpenMetricsFiles files(folder);
    write_metrics(simulation, files);

    std::vector<Job> jobs = recorder.take();
    for (const Job& job : simulation.running()) jobs.push_back(job);
    std::ranges::sort(jobs, {}, &Job::row);
    const std::vector<Job> named = row_stories(settings, simulation.scale());

    AccountingFile accounting(folder, settings, simulation.cluster());
    add_old_rows(accounting, settings, simulation.scale(), simulation.cluster());
    for (const Job& job : jobs) accounting.add(job, AccountingFile::Steps::With);
    for (const Job& job : simulation.waiting()) accounting.add(job, AccountingFile::Steps::Without);
    for (const Job& job : named) accounting.add(job, AccountingFile::Steps::With);
    accounting.close();

    write_file(folder + "/people.ldif",
               [&](std::ostream& out) { write_ldif(out, settings.cluster); });
    write_file(folder + "/passwd", [](std::ostream& out) { write_passwd(out); });
    write_robinhood(folder + "/robinhood.sql", settings.seed);
    write_file(folder + "/truth.json",
               [&](std::ostream& out) { write_truth(out, simulation, jobs, named); });
    write_file(folder + "/targets.json",
               [&](std::ostream& out) { write_targets(out, simulation.cluster(), live_address); });
    settings.save(folder);
    return std::to_string(accounting.rows()) + " job rows (" +
           std::to_string(accounting.bytes() >> 20U) + " MiB), " + std::to_string(jobs.size()) +
           " jobs with samples, " + std::to_string(files.samples()) + " samples (" +
           std::to_string(files.bytes() >> 20U) + " MiB)";
}

}  // namespace portal::simulator
