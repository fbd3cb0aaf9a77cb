#include "cloud.h"

#include <cmath>

#include "curves.h"
#include "exposition.h"
#include "random.h"
#include "simulation.h"

namespace portal::simulator {

void expose_machines(const Settings& settings, unsigned hypervisor, UnixTime time, Sink& sink);

namespace {

constexpr UnixTime kDay = 86400;
constexpr double kKibiPerGibi = 1024.0 * 1024;

std::string uuid_of(std::uint64_t seed, std::uint64_t number) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
        const std::uint64_t bits = mixed(mixed(seed, 0xC10D + number), i);
        text += i == 12 ? '4' : kDigits[bits & 15U];
    }
    return text;
}

std::string common_labels(const Machine& machine) {
    return "instance_name=\"" + std::string(machine.name) + "\",instance_type=\"" +
           std::string(machine.flavor) + "\",project_name=\"" + std::string(machine.project) +
           "\",user_name=\"" + std::string(machine.user) + "\",uuid=\"" + machine.uuid + '"';
}

std::string disk_labels(const Machine& machine, unsigned disk) {
    return "device=\"" + std::to_string(disk) + "\",path=\"volumes/volume-" +
           machine.uuid.substr(0, 8) + '-' + std::to_string(disk) + "\",";
}

/// One machine at the time of a scrape.
struct Seen {
    Machine machine;
    double seconds = 0;  ///< of mean load
    std::string labels;
};

std::vector<Seen> seen_machines(const Settings& settings, unsigned hypervisor, UnixTime time) {
    std::vector<Seen> list;
    unsigned number = 0;
    for (Machine& machine : machines(settings.seed)) {
        if (number++ % kHypervisors != hypervisor || !machine.runs(settings.now - time)) continue;
        const double seconds = load_seconds(machine, time, settings.now);
        std::string labels = common_labels(machine);
        list.push_back({std::move(machine), seconds, std::move(labels)});
    }
    return list;
}

void expose_state(const std::vector<Seen>& all, Sink& sink) {
    constexpr double kRunning = 1;
    constexpr double kPaused = 3;
    sink.family("libvirtd_domain_domain_state", "gauge", "State of the domain");
    for (const Seen& seen : all) {
        sink.sample(seen.labels, seen.machine.paused ? kPaused : kRunning);
    }
    sink.family("libvirtd_domain_vcpu_time", "counter", "Virtual CPU time in nanoseconds");
    for (const Seen& seen : all) {
        for (unsigned i = 0; i < seen.machine.vcpus; ++i) {
            sink.sample(seen.labels + ",vcpu=\"" + std::to_string(i) + '"',
                        std::floor(1e9 * seen.machine.level * Machine::weight(i) * seen.seconds));
        }
    }
}

void expose_memory(const std::vector<Seen>& all, UnixTime time, Sink& sink) {
    sink.family("libvirtd_domain_balloon_current", "gauge", "Memory of the domain in KiB");
    for (const Seen& seen : all) {
        sink.sample(seen.labels, seen.machine.memory_gib * kKibiPerGibi);
    }
    sink.family("libvirtd_domain_balloon_usable", "gauge", "Usable memory of the domain in KiB");
    for (const Seen& seen : all) {
        if (!seen.machine.balloon) continue;
        sink.sample(seen.labels,
                    seen.machine.memory_gib * kKibiPerGibi - seen.machine.used_kib(time));
    }
}

void expose_disks(const std::vector<Seen>& all, Sink& sink) {
    constexpr double kRequest = 65536;  // bytes
    const auto family = [&](std::string_view name, double Machine::*rate, double unit) {
        sink.family(name, "counter", "Traffic of a disk of the domain");
        for (const Seen& seen : all) {
            for (unsigned disk = 0; disk < seen.machine.disks; ++disk) {
                const double amount = seen.machine.*rate * Machine::weight(disk) * seen.seconds;
                sink.sample(disk_labels(seen.machine, disk) + seen.labels,
                            std::floor(amount / unit));
            }
        }
    };
    family("libvirtd_domain_block_read_bytes", &Machine::read, 1);
    family("libvirtd_domain_block_read_requests", &Machine::read, kRequest);
    family("libvirtd_domain_block_write_bytes", &Machine::written, 1);
    family("libvirtd_domain_block_write_requests", &Machine::written, kRequest);
}

void expose_network(const std::vector<Seen>& all, Sink& sink) {
    const auto family = [&](std::string_view name, double Machine::*rate) {
        sink.family(name, "counter", "Traffic of an interface of the domain");
        for (const Seen& seen : all) {
            sink.sample(seen.labels + ",interface=\"tap" + seen.machine.uuid.substr(0, 8) + "-" +
                            seen.machine.uuid.substr(9, 2) + '"',
                        std::floor(seen.machine.*rate * seen.seconds));
        }
    };
    family("libvirtd_domain_net_rx_bytes", &Machine::received);
    family("libvirtd_domain_net_tx_bytes", &Machine::sent);
}

}  // namespace

bool Machine::runs(UnixTime age) const {
    return age <= created_ago && (stopped_ago == 0 || age >= stopped_ago);
}

double Machine::used_kib(UnixTime time) const {
    const double wave = 0.9 + 0.1 * std::sin(static_cast<double>(time) / 5000);
    return std::floor(memory_gib * kKibiPerGibi * memory_share * wave);
}

std::vector<Machine> machines(std::uint64_t seed) {
    std::vector<Machine> list{
        {"rrg-haddad", "web", "p4-8gb", "farah", 4, 8, 0.5, 0.6, 2, 2e5, 9e5, 3e6, 8e6},
        {"rrg-haddad", "worker", "c4-16gb", "gabriel", 4, 16, 0.68, 0.8, 1, 4e6, 1e6, 2e5, 2e5},
        {"rrg-haddad", "worker", "c4-16gb", "gabriel", 4, 16, 0.6, 0.7, 1, 3e6, 1e6, 2e5, 2e5},
        {"def-smith", "jupyter", "p2-4gb", "alice", 2, 4, 0.3, 0.75, 1, 1e5, 2e5, 5e4, 9e4},
        {"def-smith", "old-server", "p1-2gb", "bob", 1, 2, 0.2, 0.4, 1, 1e4, 2e4, 1e4, 1e4},
        {"cloud-boeuf", "gateway", "p1-2gb", "lea", 1, 2, 0.05, 0.3, 1, 5e3, 1e4, 9e6, 9e6},
        {"cloud-boeuf", "storage-1", "p4-16gb", "lea", 4, 16, 0.2, 0.9, 3, 4e7, 2e7, 6e6, 3e7},
        {"cloud-boeuf", "windows", "p4-16gb", "marc", 4, 16, 0.35, 0.5, 1, 8e5, 6e5, 2e5, 1e5},
        {"cloud-boeuf", "paused", "p2-4gb", "emma", 2, 4, 0, 0.5, 1, 0, 0, 0, 0},
        {"rrg-heavy", "render-1", "c8-60gb", "heavy", 8, 60, 0.7, 0.85, 1, 6e6, 9e6, 1e6, 1e6},
        {"rrg-heavy", "render-2", "c4-60gb", "heavy", 4, 60, 0.02, 0.1, 1, 1e4, 1e4, 1e3, 1e3},
        {"rrg-heavy", "new", "p2-4gb", "heavy", 2, 4, 0.4, 0.5, 1, 3e5, 3e5, 1e5, 1e5},
    };
    for (std::size_t i = 0; i < list.size(); ++i) {
        Machine& machine = list[i];
        machine.uuid = uuid_of(seed, i);
        machine.balloon = machine.name != "windows";
        machine.paused = machine.name == "paused";
        if (machine.name == "old-server") machine.stopped_ago = 3 * kDay;
        if (machine.name == "new") machine.created_ago = 5 * 3600;
    }
    return list;
}

double load_seconds(const Machine& machine, UnixTime time, UnixTime now) {
    const auto begin = static_cast<double>(now - machine.created_ago);
    return day_pattern_integral(static_cast<double>(time)) - day_pattern_integral(begin);
}

void expose_machines(const Settings& settings, unsigned hypervisor, UnixTime time, Sink& sink) {
    const std::vector<Seen> all = seen_machines(settings, hypervisor, time);
    expose_state(all, sink);
    expose_memory(all, time, sink);
    expose_disks(all, sink);
    expose_network(all, sink);
}

}  // namespace portal::simulator
