#include "views/pages/cloudstats/instance_parts.h"

#include <ctemplate/template.h>

#include "views/markers/part_instance_state.tpl.h"
#include "views/parts/instant.h"
#include "views/parts/part.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

Tone tone_of(InstanceState state) {
    switch (state) {
        case InstanceState::Running:
            return {"is-running", "running", mark("Running")};
        case InstanceState::Paused:
            return {"is-wait", "pause", mark("Paused")};
        case InstanceState::Stopped:
            break;
    }
    return {"is-off", "off", mark("Stopped")};
}

}  // namespace

void add_instance_state(TemplateDictionary& dict, const TemplateString& marker,
                        const InstanceRow& instance, const Words& words) {
    auto& part = include(dict, marker, "part_instance_state.tpl", words);
    const Tone tone = tone_of(instance.state);
    part.SetValue(kpis_TONE, tone.tone);
    part.SetValue(kpis_ICON, tone.icon);
    part.SetValue(kpis_WORD, words.text(tone.word));
    if (!instance.stopped) return;
    part.ShowSection(kpis_STOPPED);
    add_time(part, kpis_WHEN, *instance.stopped, "relative", words);
}

}  // namespace portal::views
