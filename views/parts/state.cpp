#include "views/parts/state.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/part_state.tpl.h"

namespace portal::views {

Tone tone_of(JobState state) {
    switch (state) {
        case JobState::Pending:
            return {"is-wait", "wait", mark("Pending")};
        case JobState::Running:
            return {"is-running", "running", mark("Running")};
        case JobState::Suspended:
            return {"is-wait", "pause", mark("Suspended")};
        case JobState::Completed:
            return {"is-good", "good", mark("Completed")};
        case JobState::Cancelled:
            return {"is-off", "off", mark("Cancelled")};
        case JobState::Failed:
            return {"is-bad", "bad", mark("Failed")};
        case JobState::Timeout:
            return {"is-warn", "timeout", mark("Timeout")};
        case JobState::NodeFail:
            return {"is-bad", "error", mark("Node failed")};
        case JobState::Preempted:
            return {"is-warn", "reset", mark("Preempted")};
        case JobState::BootFail:
            return {"is-bad", "error", mark("Boot failed")};
        case JobState::Deadline:
            return {"is-warn", "timeout", mark("Deadline")};
        case JobState::OutOfMemory:
            return {"is-bad", "memory", mark("Out of memory")};
        case JobState::Requeued:
            return {"is-warn", "reset", mark("Requeued")};
        case JobState::Resized:
            return {"is-off", "no-data", mark("Resized")};
        case JobState::Revoked:
            return {"is-off", "no-data", mark("Revoked")};
        case JobState::EndLost:
            return {"is-off", "no-data", mark("End not known")};
        case JobState::Unknown:
            break;
    }
    return {"is-off", "no-data", mark("Unknown state {0}")};
}

std::string state_word(JobState state, std::uint32_t number, const Words& words) {
    return words.text(tone_of(state).word, {std::to_string(number)});
}

void add_state(TemplateDictionary& dict, const TemplateString& marker, JobState state,
               std::uint32_t number, std::size_t times, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_state.tpl", words);
    const Tone tone = tone_of(state);
    part.SetValue(kps_TONE, tone.tone);
    part.SetValue(kps_ICON, tone.icon);
    part.SetValue(kps_WORD, state_word(state, number, words));
    if (times > 0) {
        part.SetValueAndShowSection(kps_TIMES, format::count(times, words.language()), kps_COUNT);
    }
}

}  // namespace portal::views
