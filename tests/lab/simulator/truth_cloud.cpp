#include <algorithm>

#include "cloud.h"
#include "json_object.h"
#include "truth.h"

namespace portal::simulator {
namespace {

constexpr UnixTime kDay = 86400;

/// Load of all its virtual CPUs or disks against that of the first one.
double weights(unsigned count) {
    double sum = 0;
    for (unsigned i = 0; i < count; ++i) sum += Machine::weight(i);
    return sum;
}

void write_machine(std::ostream& out, const Machine& machine, const Settings& settings) {
    const UnixTime from = settings.now - std::min(kDay, machine.created_ago);
    const bool runs = machine.stopped_ago == 0;
    const double seconds = load_seconds(machine, settings.now, settings.now) -
                           load_seconds(machine, from, settings.now);
    JsonObject object(out);
    object.text("uuid", machine.uuid);
    object.text("project", machine.project);
    object.text("name", machine.name);
    object.text("flavor", machine.flavor);
    object.text("user", machine.user);
    object.begin("runs") << (runs ? "true" : "false");
    object.begin("paused") << (machine.paused ? "true" : "false");
    object.begin("balloon") << (machine.balloon ? "true" : "false");
    object.number("created", static_cast<double>(settings.now - machine.created_ago));
    if (!runs) object.number("stopped", static_cast<double>(settings.now - machine.stopped_ago));
    object.number("vcpus", machine.vcpus);
    object.number("disks", machine.disks);
    object.number("memory_bytes", machine.memory_gib * 1073741824);
    if (!runs) return;
    object.number("used_memory_bytes", machine.used_kib(settings.now) * 1024);
    object.number("day_cpu_seconds", machine.level * weights(machine.vcpus) * seconds);
    object.number("day_read_bytes", machine.read * weights(machine.disks) * seconds);
    object.number("day_written_bytes", machine.written * weights(machine.disks) * seconds);
    object.number("day_received_bytes", machine.received * seconds);
    object.number("day_sent_bytes", machine.sent * seconds);
}

}  // namespace

void write_cloud_truth(std::ostream& out, const Settings& settings) {
    write_list(out, machines(settings.seed),
               [&](const Machine& machine) { write_machine(out, machine, settings); });
}

}  // namespace portal::simulator
