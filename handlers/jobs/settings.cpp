#include "handlers/jobs/settings.h"

#include <utility>

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using namespace config;

constexpr Key<GpuModel> kGpu[] = {
    {"label", kRequired, [](GpuModel& g, const Value& v) { g.label = v.text(); }},
    {"gres", kRequired, [](GpuModel& g, const Value& v) { g.gres = v.text(); }},
    {"memory_gib", kRequired,
     [](GpuModel& g, const Value& v) { g.memory_gib = v.number(1, 4096); }},
    {"power_w", kRequired, [](GpuModel& g, const Value& v) { g.power_w = v.number(1, 10000); }},
    {"idle_power_w", kRequired,
     [](GpuModel& g, const Value& v) { g.idle_power_w = v.number(0, 10000); }},
    {"cores", kOptional, [](GpuModel& g, const Value& v) { g.cores = v.number(1, 1024); }},
};

constexpr Key<VerdictLimits> kVerdict[] = {
    {"good", kOptional, [](VerdictLimits& l, const Value& v) { l.good = v.number(0, 100); }},
    {"poor", kOptional, [](VerdictLimits& l, const Value& v) { l.poor = v.number(0, 100); }},
    {"poor", kOptional, nullptr, [](VerdictLimits& l) -> LocalText& { return l.poor_text; }},
};

}  // namespace

void read_gpu(const ini::File& file, const ini::Section& section, Site& site) {
    GpuModel model;
    model.type = section.name;
    config::read_section<GpuModel>(file, section, kGpu, model);
    if (model.idle_power_w > model.power_w) {
        refuse_section(file, section, "idle_power_w below power_w");
    }
    site.gpus.push_back(std::move(model));
}

void read_verdict(const ini::File& file, const ini::Section& section, Site& site) {
    const auto found = site.verdicts.find(section.name);
    if (found == site.verdicts.end()) {
        refuse_section(file, section, "a verdict: time, cores, memory, gpu or gpu_memory");
    }
    VerdictLimits& limits = found->second;
    config::read_section<VerdictLimits>(file, section, kVerdict, limits);
    if (limits.poor > limits.good) refuse_section(file, section, "poor not above good");
    if (limits.poor_text.count() % kLanguages.size() != 0) {
        refuse_section(file, section, joined(keys_of_text("poor")) + " together");
    }
}

VerdictLimits usual_gpu_verdict(JobExporter::GpuUse meaning) {
    if (meaning == JobExporter::GpuUse::Dcgm) return {40, 10, {}};
    return {60, 20, {}};
}

VerdictTable usual_verdicts() {
    return {{"time", {30, 10, {}}},
            {"cores", {75, 40, {}}},
            {"memory", {40, 10, {}}},
            {"gpu", usual_gpu_verdict(JobExporter::GpuUse::Nvml)},
            {"gpu_memory", {30, 5, {}}}};
}

}  // namespace portal
