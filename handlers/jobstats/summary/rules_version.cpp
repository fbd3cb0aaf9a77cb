#include "handlers/jobstats/summary/rules_version.h"

#include <array>
#include <charconv>
#include <optional>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

/// Fields, each of which ends with a sign that no field has.
class Fields {
 public:
    Fields& add(std::string_view text) {
        all_.append(text).append("\n");
        return *this;
    }
    Fields& add(double number) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return add(
            std::string_view(digits.data(), static_cast<std::size_t>(end.ptr - digits.data())));
    }
    Fields& add(const std::optional<double>& number) {
        return number ? add(*number) : add(std::string_view("-"));
    }
    [[nodiscard]] std::string fingerprint() const { return text::fingerprint(all_); }

 private:
    std::string all_;
};

void add_rule(Fields& fields, const Rule& rule) {
    fields.add("rule").add(rule.name).add(rule.partition);
    fields.add(rule.enabled ? 1.0 : 0.0).add(static_cast<double>(rule.severity));
    for (const Condition& one : rule.when) {
        fields.add(static_cast<double>(one.input)).add(static_cast<double>(one.op)).add(one.limit);
        fields.add(one.other ? static_cast<double>(*one.other) : -1.0);
    }
    fields.add(static_cast<double>(rule.least_run.count())).add(rule.least_lost);
    fields.add(static_cast<double>(rule.loses));
    for (const std::string& name : rule.silences) fields.add(name);
}

void add_prices(Fields& fields, const CostSettings& cost) {
    fields.add("prices").add(cost.electricity_per_kwh).add(cost.cooling_per_kwh);
    fields.add(cost.cpu_core_hour).add(cost.gpu_hour);
}

}  // namespace

std::string rules_version(const Site& site) {
    Fields fields;
    for (const Rule& rule : site.rules) add_rule(fields, rule);
    for (const auto& [key, limits] : site.verdicts) {
        fields.add("verdict").add(key).add(limits.good).add(limits.poor);
    }
    for (const GpuModel& gpu : site.gpus) {
        fields.add("gpu").add(gpu.type).add(gpu.gres).add(gpu.memory_gib).add(gpu.power_w);
        fields.add(gpu.idle_power_w).add(gpu.cores);
    }
    add_prices(fields, site.cost);
    fields.add(static_cast<double>(site.exporters.job.gpu_use));
    return fields.fingerprint();
}

}  // namespace portal::jobstats
