#include "handlers/sources/prometheus/exporter_settings.h"

#include "fcgi/config/section.h"
#include "handlers/sources/prometheus/promql.h"
#include "handlers/sources/prometheus/settings.h"

namespace portal {
namespace {

using namespace config;

std::string metric_name(const Value& value) {
    if (!promql::MetricName::parse(value.text())) value.fail("a metric's name");
    return value.any();
}

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
    {"gpu_use", kOptional,
     [](JobExporter& e, const Value& v) {
         using GpuUse = JobExporter::GpuUse;
         e.gpu_use = v.one_of<GpuUse>({{"nvml", GpuUse::Nvml}, {"dcgm", GpuUse::Dcgm}});
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
    {"meter", kOptional,
     [](PowerExporter& e, const Value& v) {
         e.meter = v.any();
         const bool name = e.meter.empty() || promql::LabelName::parse(e.meter);
         if (!name) v.fail("a label's name, or nothing");
     }},
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
    {"matcher", kOptional,
     [](CloudExporter& e, const Value& v) { e.matcher = prometheus::matcher_of(v); }},
};

/// An exporter whose section stands there is on, unless it says otherwise.
template <class T>
void read_one(const ini::File& file, const ini::Section& section, std::span<const Key<T>> keys,
              T& exporter) {
    exporter.enabled = true;
    read_section(file, section, keys, exporter);
}

}  // namespace

void read_exporter(const ini::File& file, const ini::Section& section, Exporters& exporters) {
    if (section.name == "job") {
        read_one<JobExporter>(file, section, kJob, exporters.job);
    } else if (section.name == "node") {
        read_one<NodeExporter>(file, section, kNode, exporters.node);
    } else if (section.name == "lustre") {
        read_one<LustreExporter>(file, section, kLustre, exporters.lustre);
    } else if (section.name == "power") {
        read_one<PowerExporter>(file, section, kPower, exporters.power);
    } else if (section.name == "gpu") {
        read_one<GpuExporter>(file, section, kGpuExporter, exporters.gpu);
    } else if (section.name == "account") {
        read_one<AccountExporter>(file, section, kAccount, exporters.account);
    } else if (section.name == "quota") {
        read_one<QuotaExporter>(file, section, kQuotaExporter, exporters.quota);
    } else if (section.name == "cloud") {
        read_one<CloudExporter>(file, section, kCloud, exporters.cloud);
    } else {
        refuse_section(file, section,
                       "an exporter: job, node, lustre, power, gpu, account, quota or cloud");
    }
}

}  // namespace portal
