#include "history.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "accounting_file.h"
#include "allocations.h"
#include "exporters.h"
#include "people.h"
#include "rules.h"
#include "storage_file.h"
#include "stories.h"
#include "truth.h"

namespace portal::simulator {
namespace {

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

/// Writes what is due at one minute: from the beginning of samples on all exporters and rules,
/// before that those that depend on no job.
class Minutes {
 public:
    Minutes(Simulation& simulation, OpenMetricsFiles& files)
        : simulation_(simulation),
          files_(files),
          rules_(simulation),
          targets_(portal::simulator::targets(simulation.cluster())) {}

    void before_samples(UnixTime minute) {
        write_rules(minute);
        for (const Target& target : targets_) {
            if (due(target, minute)) write(target, minute);
        }
    }

    void with_samples(UnixTime minute) {
        simulation_.advance(std::max(minute, simulation_.time()));
        write_rules(minute);
        for (const Target& target : targets_) {
            const UnixTime time = minute + target.offset;
            if (time > now()) break;
            simulation_.advance(time);
            if (due(target, minute) && is_up(target, simulation_)) write(target, time);
        }
    }

 private:
    [[nodiscard]] UnixTime now() const { return simulation_.settings().now; }
    [[nodiscard]] bool due(const Target& target, UnixTime minute) const {
        const UnixTime step = past_step(target.exporter, now() - minute, simulation_);
        return step > 0 && minute % step == 0;
    }
    void write(const Target& target, UnixTime time) {
        files_.target(time, target_labels(target, simulation_.cluster()));
        expose(target, simulation_, time, files_);
    }
    void write_rules(UnixTime minute) {
        const UnixTime step = rules_.step(now() - minute);
        if (step == 0 || minute % step != 0) return;
        files_.target(minute, "cluster=\"" + simulation_.cluster().name + '"');
        rules_.expose(minute, files_);
    }

    Simulation& simulation_;
    OpenMetricsFiles& files_;
    RuleSeries rules_;
    std::vector<Target> targets_;
};

void write_metrics(Simulation& simulation, OpenMetricsFiles& files, UnixTime first) {
    constexpr UnixTime kOldest = 90 * 86400;
    const UnixTime now = simulation.settings().now;
    Minutes minutes(simulation, files);
    UnixTime minute = rounded_up(now - kOldest, kInterval);
    for (; minute < first; minute += kInterval) minutes.before_samples(minute);
    for (; minute <= now; minute += kInterval) minutes.with_samples(minute);
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
    const UnixTime first = rounded_up(simulation.begin(), kInterval);
    OpenMetricsFiles files(folder, first);
    write_metrics(simulation, files, first);

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
