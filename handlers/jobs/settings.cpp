#include "handlers/jobs/settings.h"

#include <utility>

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

constexpr Key<GpuModel> kGpu[] = {
    {"label", kRequired, [](GpuModel& g, const Value& v) { g.label = v.text(); }},
    {"gres", kRequired, [](GpuModel& g, const Value& v) { g.gres = v.text(); }},
    {"memory_gib", kRequired,
     [](GpuModel& g, const Value& v) { g.memory_gib = v.number(1, 4096); }},
    {"power_w", kRequired, [](GpuModel& g, const Value& v) { g.power_w = v.number(1, 10000); }},
    {"idle_power_w", kRequired,
     [](GpuModel& g, const Value& v) { g.idle_power_w = v.number(0, 10000); }},
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
        config::refuse_section(file, section, "idle_power_w below power_w");
    }
    site.gpus.push_back(std::move(model));
}

void read_verdict(const ini::File& file, const ini::Section& section, Site& site) {
    const auto found = site.verdicts.find(section.name);
    if (found == site.verdicts.end()) {
        config::refuse_section(file, section, "a verdict: time, cores, memory, gpu or gpu_memory");
    }
    VerdictLimits& limits = found->second;
    config::read_section<VerdictLimits>(file, section, kVerdict, limits);
    if (limits.poor > limits.good) config::refuse_section(file, section, "poor not above good");
    if (limits.poor_text.count() % kLanguages.size() != 0) {
        config::refuse_section(file, section,
                               config::joined(config::keys_of_text("poor")) + " together");
    }
}

VerdictTable usual_verdicts() {
    return {{"time", {30, 10, {}}},
            {"cores", {75, 40, {}}},
            {"memory", {40, 10, {}}},
            {"gpu", {60, 20, {}}},
            {"gpu_memory", {30, 5, {}}}};
}

}  // namespace portal
