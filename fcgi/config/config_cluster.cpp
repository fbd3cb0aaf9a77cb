#include <algorithm>

#include "fcgi/config/config_value.h"

namespace portal::config {
namespace {

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;
constexpr double kMostMoney = 1e9;

template <class T>
void take_enabled(T& exporter, const Value& value) {
    exporter.enabled = value.flag();
}
template <class T>
void take_port(T& exporter, const Value& value) {
    exporter.port = value.port();
}
template <class T>
void take_interval(T& exporter, const Value& value) {
    exporter.interval = value.seconds();
}

constexpr Key<JobExporter> kJob[] = {
    {"enabled", kOptional, &take_enabled<JobExporter>},
    {"port", kOptional, &take_port<JobExporter>},
    {"interval_s", kOptional, &take_interval<JobExporter>},
    {"pcie", kOptional,
     [](JobExporter& e, const Value& v) {
         using Pcie = JobExporter::Pcie;
         e.pcie = v.one_of<Pcie>({{"kilobytes_per_second", Pcie::KilobytesPerSecond},
                                  {"bytes_per_second", Pcie::BytesPerSecond},
                                  {"counter", Pcie::Counter},
                                  {"none", Pcie::None}});
     }},
};

constexpr Key<NodeExporter> kNode[] = {
    {"enabled", kOptional, &take_enabled<NodeExporter>},
    {"port", kOptional, &take_port<NodeExporter>},
    {"interval_s", kOptional, &take_interval<NodeExporter>},
    {"disk_devices", kOptional, [](NodeExporter& e, const Value& v) { e.disk_devices = v.list(); }},
    {"scratch_mount", kOptional,
     [](NodeExporter& e, const Value& v) {
         e.scratch_mount = v.text();
         static_cast<void>(v.file_or_empty());
     }},
    {"domain", kOptional, [](NodeExporter& e, const Value& v) { e.domain = v.any(); }},
};

constexpr Key<LustreExporter> kLustre[] = {
    {"enabled", kOptional, &take_enabled<LustreExporter>},
    {"interval_s", kOptional, &take_interval<LustreExporter>},
    {"file_systems", kRequired,
     [](LustreExporter& e, const Value& v) { e.file_systems = v.list(); }},
};

constexpr Key<PowerExporter> kPower[] = {
    {"enabled", kOptional, &take_enabled<PowerExporter>},
    {"interval_s", kOptional, &take_interval<PowerExporter>},
    {"metric", kOptional, [](PowerExporter& e, const Value& v) { e.metric = metric_name(v); }},
    {"suffix", kOptional, [](PowerExporter& e, const Value& v) { e.suffix = v.any(); }},
};

constexpr Key<GpuExporter> kGpuExporter[] = {
    {"enabled", kOptional, &take_enabled<GpuExporter>},
    {"port", kOptional, &take_port<GpuExporter>},
    {"interval_s", kOptional, &take_interval<GpuExporter>},
};

constexpr Key<AccountExporter> kAccount[] = {
    {"enabled", kOptional, &take_enabled<AccountExporter>},
    {"interval_s", kOptional, &take_interval<AccountExporter>},
    {"metric", kOptional, [](AccountExporter& e, const Value& v) { e.metric = metric_name(v); }},
};

constexpr Key<QuotaExporter> kQuotaExporter[] = {
    {"enabled", kOptional, &take_enabled<QuotaExporter>},
    {"interval_s", kOptional, &take_interval<QuotaExporter>},
};

constexpr Key<CloudExporter> kCloud[] = {
    {"enabled", kOptional, &take_enabled<CloudExporter>},
    {"interval_s", kOptional, &take_interval<CloudExporter>},
    {"members", kOptional,
     [](CloudExporter& e, const Value& v) {
         using Members = CloudExporter::Members;
         e.members =
             v.one_of<Members>({{"allocation", Members::Allocation}, {"list", Members::List}});
     }},
};

constexpr Key<GpuModel> kGpu[] = {
    {"label", kRequired, [](GpuModel& g, const Value& v) { g.label = v.text(); }},
    {"gres", kRequired, [](GpuModel& g, const Value& v) { g.gres = v.text(); }},
    {"memory_gib", kRequired,
     [](GpuModel& g, const Value& v) { g.memory_gib = v.number(1, 4096); }},
    {"power_w", kRequired, [](GpuModel& g, const Value& v) { g.power_w = v.number(1, 10000); }},
    {"idle_power_w", kRequired,
     [](GpuModel& g, const Value& v) { g.idle_power_w = v.number(0, 10000); }},
};

constexpr Key<CostSettings> kCost[] = {
    {"currency", kOptional, [](CostSettings& c, const Value& v) { c.currency = v.text(); }},
    {"electricity_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.electricity_per_kwh = v.number(0, kMostMoney); }},
    {"cooling_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.cooling_per_kwh = v.number(0, kMostMoney); }},
    {"cpu_core_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cpu_core_hour = v.number(0, kMostMoney); }},
    {"gpu_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.gpu_hour = v.number(0, kMostMoney); }},
    {"amortization_years", kOptional,
     [](CostSettings& c, const Value& v) { c.amortization_years = v.number(1, 100); }},
    {"co2_kg_per_mwh", kOptional,
     [](CostSettings& c, const Value& v) { c.co2_kg_per_mwh = v.number(0, 10000); }},
    {"car_km_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.car_km_per_kwh = v.number(0, 1000); }},
    {"car_model", kOptional, [](CostSettings& c, const Value& v) { c.car_model = v.text(); }},
    {"cloud_cpu_core_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_cpu_core_hour = v.number(0, kMostMoney); }},
    {"cloud_gpu_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_gpu_hour = v.number(0, kMostMoney); }},
    {"cloud_cpu_instance", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_cpu_instance = v.text(); }},
    {"cloud_gpu_instance", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_gpu_instance = v.text(); }},
};

constexpr Key<VerdictLimits> kVerdict[] = {
    {"good", kOptional, [](VerdictLimits& l, const Value& v) { l.good = v.number(0, 100); }},
    {"poor", kOptional, [](VerdictLimits& l, const Value& v) { l.poor = v.number(0, 100); }},
    {"poor", kOptional, nullptr, [](VerdictLimits& l) -> LocalText& { return l.poor_text; }},
};

/// An exporter whose section stands there is on, unless it says otherwise.
template <class T>
void read_exporter(const ini::File& file, const ini::Section& section, std::span<const Key<T>> keys,
                   T& exporter) {
    exporter.enabled = true;
    read_section(file, section, keys, exporter);
}

void read_exporters(const ini::File& file, const ini::Section& section, Exporters& exporters) {
    if (section.name == "job") {
        read_exporter<JobExporter>(file, section, kJob, exporters.job);
    } else if (section.name == "node") {
        read_exporter<NodeExporter>(file, section, kNode, exporters.node);
    } else if (section.name == "lustre") {
        read_exporter<LustreExporter>(file, section, kLustre, exporters.lustre);
    } else if (section.name == "power") {
        read_exporter<PowerExporter>(file, section, kPower, exporters.power);
    } else if (section.name == "gpu") {
        read_exporter<GpuExporter>(file, section, kGpuExporter, exporters.gpu);
    } else if (section.name == "account") {
        read_exporter<AccountExporter>(file, section, kAccount, exporters.account);
    } else if (section.name == "quota") {
        read_exporter<QuotaExporter>(file, section, kQuotaExporter, exporters.quota);
    } else if (section.name == "cloud") {
        read_exporter<CloudExporter>(file, section, kCloud, exporters.cloud);
    } else {
        refuse_section(file, section,
                       "an exporter: job, node, lustre, power, gpu, account, quota or cloud");
    }
}

void read_gpu(const ini::File& file, const ini::Section& section, Site& site) {
    if (section.name.empty()) refuse_section(file, section, "[gpu NAME] as in gpu_type");
    GpuModel model;
    model.type = section.name;
    read_section<GpuModel>(file, section, kGpu, model);
    if (model.idle_power_w > model.power_w) {
        refuse_section(file, section, "idle_power_w below power_w");
    }
    site.gpus.push_back(std::move(model));
}

void read_verdict(const ini::File& file, const ini::Section& section, VerdictTable& verdicts) {
    const auto found = verdicts.find(section.name);
    if (found == verdicts.end()) {
        refuse_section(file, section, "a verdict: time, cores, memory, gpu or gpu_memory");
    }
    VerdictLimits& limits = found->second;
    read_section<VerdictLimits>(file, section, kVerdict, limits);
    if (limits.poor > limits.good) refuse_section(file, section, "poor not above good");
    if (limits.poor_text.count() % kLanguages.size() != 0) {
        refuse_section(file, section, joined(keys_of_text("poor")) + " together");
    }
}

}  // namespace

void read_cluster(const ini::File& file, Config& config) {
    Site& site = config.site;
    site.verdicts = {{"time", {30, 10, {}}},
                     {"cores", {75, 40, {}}},
                     {"memory", {40, 10, {}}},
                     {"gpu", {60, 20, {}}},
                     {"gpu_memory", {30, 5, {}}}};
    for (const ini::Section& section : file.sections) {
        if (section.kind == "exporter") read_exporters(file, section, site.exporters);
        if (section.kind == "gpu") read_gpu(file, section, site);
        if (section.kind == "verdict") read_verdict(file, section, site.verdicts);
    }
    const ini::Section* cost = find_section(file, "cost");
    if (cost != nullptr) read_section<CostSettings>(file, *cost, kCost, site.cost);
}

}  // namespace portal::config
