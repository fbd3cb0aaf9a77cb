#include "live.h"

#include <chrono>
#include <map>
#include <string>

#include "exporters.h"
#include "http_server.h"
#include "live_rows.h"

namespace portal::simulator {
namespace {

UnixTime clock_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// What the program says about itself.
std::string own_metrics(const Simulation& simulation) {
    TextExposition text(Dialect::Go);
    text.family("portal_sim_running_jobs", "gauge", "Jobs that run on the simulated nodes");
    text.sample("", static_cast<double>(simulation.running().size()));
    text.family("portal_sim_waiting_jobs", "gauge", "Jobs that wait for room");
    text.sample("", static_cast<double>(simulation.waiting().size()));
    return text.text();
}

}  // namespace

void run_live(const LiveOptions& options) {
    const Settings settings = Settings::load(options.state);
    LiveRows rows(options, settings);
    Simulation simulation(settings, rows);
    std::map<std::string, Target> by_path;
    for (const Target& target : targets(simulation.cluster())) by_path[target.path] = target;

    const auto advance = [&] {
        // no sample may be older than the history's last
        simulation.advance(std::max({clock_now(), settings.now, simulation.time()}));
    };
    HttpServer server(options.listen, [&](const std::string& path) -> std::optional<std::string> {
        advance();
        if (path == "/metrics") return own_metrics(simulation);
        const auto found = by_path.find(path);
        if (found == by_path.end()) return std::nullopt;
        TextExposition text(dialect(found->second.exporter));
        expose(found->second, simulation, simulation.time(), text);
        return text.text();
    });
    server.run([&] {
        advance();
        rows.flush();
    });
}

}  // namespace portal::simulator
