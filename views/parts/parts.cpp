#include "views/parts/parts.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "fcgi/base/overloaded.h"
#include "views/base/format.h"
#include "views/markers/part_grade_bar.tpl.h"
#include "views/markers/part_grade_mark.tpl.h"
#include "views/markers/part_notices.tpl.h"
#include "views/markers/part_state.tpl.h"
#include "views/markers/part_time.tpl.h"
#include "views/markers/part_value.tpl.h"
#include "views/markers/part_verdict_strip.tpl.h"
#include "views/parts/charts.h"

namespace portal::views {

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

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
        case JobState::Unknown:
            break;
    }
    return {"is-off", "no-data", mark("Unknown state {0}")};
}

Tone tone_of(Grade grade) {
    switch (grade) {
        case Grade::Good:
            return {"is-good", "good", mark("good")};
        case Grade::Fair:
            return {"is-warn", "warn", mark("fair")};
        case Grade::Poor:
            return {"is-bad", "bad", mark("poor")};
        case Grade::Unknown:
            break;
    }
    return {"", "info", ""};
}

std::string state_word(JobState state, std::uint32_t number, const Words& words) {
    return words.text(tone_of(state).word, {std::to_string(number)});
}

std::string source_word(SourceId source, const Words& words) {
    switch (source) {
        case SourceId::Prometheus:
            return "Prometheus";
        case SourceId::Slurm:
            return "Slurm";
        case SourceId::Robinhood:
            return "Robinhood";
        case SourceId::Portal:
            return words.text(mark("the portal’s own database"));
        case SourceId::Ldap:
            break;
    }
    return words.text(mark("the directory"));
}

std::string written(double value, Unit unit, const Words& words) {
    switch (unit) {
        case Unit::Count:
            return words.number(value);
        case Unit::Bytes:
            return words.bytes(value);
        case Unit::Seconds:
            return words.duration(value);
        case Unit::Ratio:
            return words.percent(value);
        case Unit::Kwh:
            return words.with_unit(value, "kWh");
        case Unit::Watts:
            return words.with_unit(value, "W");
    }
    return {};
}

std::string raw_number(double number) {
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%.15g", number);
    return {text, static_cast<std::size_t>(length)};
}

std::string bar_length(double ratio) {
    const double percent = std::isfinite(ratio) ? std::clamp(ratio * 100, 0.0, 100.0) : 0;
    char text[16];
    const int length = std::snprintf(text, sizeof text, "%.1f", percent);
    return {text, static_cast<std::size_t>(length)};
}

TemplateDictionary& include(TemplateDictionary& dict, const TemplateString& marker,
                            std::string_view name, const Words& words) {
    TemplateDictionary* part = dict.AddIncludeDictionary(marker);
    part->SetFilename(words.file(name));
    return *part;
}

void add_reading(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                 const std::string& text, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_value.tpl", words);
    std::visit(Overloaded{
                   [&](double number) {
                       // A value that is not finite cannot be written: it counts as missing.
                       if (!std::isfinite(number) || text.empty())
                           return part.ShowSection(kpv_NONE);
                       part.SetValue(kpv_RAW, raw_number(number));
                       part.SetValueAndShowSection(kpv_TEXT, text, kpv_VALUE);
                   },
                   [&](NoData) { part.ShowSection(kpv_NONE); },
                   [&](Unavailable missing) {
                       part.SetValueAndShowSection(kpv_SOURCE, source_word(missing.source, words),
                                                   kpv_AWAY);
                   },
               },
               reading);
}

void add_amount(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                Unit unit, const Words& words) {
    const double* value = std::get_if<double>(&reading);
    const std::string text = value == nullptr ? "" : written(*value, unit, words);
    add_reading(dict, marker, reading, text, words);
}

void add_unavailable(TemplateDictionary& dict, const TemplateString& marker, SourceId source,
                     const Words& words) {
    add_reading(dict, marker, Unavailable{source}, {}, words);
}

void add_unavailable(TemplateDictionary& dict, const TemplateString& marker,
                     const std::string& name, const Words& words) {
    include(dict, marker, "part_value.tpl", words)
        .SetValueAndShowSection(kpv_SOURCE, name, kpv_AWAY);
}

void add_time(TemplateDictionary& dict, const TemplateString& marker, Instant instant,
              const char* style, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_time.tpl", words);
    part.SetValue(kpt_ISO, format::iso(instant));
    part.SetValue(kpt_STYLE, style);
    part.SetValue(kpt_TEXT, words.instant(instant));
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

void add_grade(TemplateDictionary& dict, const TemplateString& marker, Grade grade,
               const Words& words) {
    if (grade == Grade::Unknown) return;
    TemplateDictionary& part = include(dict, marker, "part_grade_mark.tpl", words);
    const Tone tone = tone_of(grade);
    part.SetValue(kpgm_TONE, tone.tone);
    part.SetValue(kpgm_ICON, tone.icon);
    part.SetValue(kpgm_WORD, words.text(tone.word));
}

namespace {

enum class GradeWord { Heard, Seen };

void add_bar(TemplateDictionary& dict, const TemplateString& marker, const Share& share,
             const std::string& label, GradeWord word, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_grade_bar.tpl", words);
    const double* ratio = std::get_if<double>(&share.value);
    if (ratio == nullptr || !std::isfinite(*ratio)) {
        return add_reading(part, kpgb_MISSING, share.value, {}, words);
    }
    const Tone tone = tone_of(share.grade);
    part.ShowSection(kpgb_VALUE);
    part.SetValue(kpgb_TONE, tone.tone);
    part.SetValue(kpgb_WIDTH, bar_length(*ratio));
    part.SetValue(kpgb_LABEL, label);
    part.SetValue(kpgb_TEXT, words.percent(*ratio));
    if (share.grade == Grade::Unknown) return;
    part.SetValue(kpgb_WORD, words.text(tone.word));
    part.SetValue(kpgb_ICON, tone.icon);
    part.ShowSection(word == GradeWord::Seen ? kpgb_SIGN : kpgb_GRADE);
}

}  // namespace

void add_share(TemplateDictionary& dict, const TemplateString& marker, const Share& share,
               const std::string& label, const Words& words) {
    add_bar(dict, marker, share, label, GradeWord::Heard, words);
}

void add_graded_share(TemplateDictionary& dict, const TemplateString& marker, const Share& share,
                      const std::string& label, const Words& words) {
    add_bar(dict, marker, share, label, GradeWord::Seen, words);
}

namespace {

Tone tone_of_weight(Notice::Weight weight) {
    switch (weight) {
        case Notice::Weight::Error:
            return {"is-bad", "error", ""};
        case Notice::Weight::Warning:
            return {"is-warn", "warn", ""};
        case Notice::Weight::Information:
            break;
    }
    return {"is-info", "info", ""};
}

}  // namespace

void add_notices(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<Notice>& notices, const Words& words) {
    if (notices.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_notices.tpl", words);
    for (const Notice& notice : notices) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpn_NOTICE);
        const Tone tone = tone_of_weight(notice.weight);
        item.SetValue(kpn_TONE, tone.tone);
        item.SetValue(kpn_ICON, tone.icon);
        if (!notice.title.empty()) {
            item.SetValueAndShowSection(kpn_TITLE_TEXT, words.sentence(notice.title), kpn_TITLE);
        }
        item.SetValue(kpn_TEXT, words.sentence(notice.text));
        if (notice.anchor.empty()) continue;
        item.ShowSection(kpn_ANCHOR);
        item.SetValue(kpn_ANCHOR_ID, notice.anchor);
        item.SetValue(kpn_ANCHOR_NAME, anchor_word(notice.anchor, words));
    }
}

void add_tiles(TemplateDictionary& dict, const TemplateString& marker,
               const std::vector<Tile>& tiles, const Words& words) {
    if (tiles.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_verdict_strip.tpl", words);
    for (const Tile& tile : tiles) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpvs_TILE);
        const double* ratio = std::get_if<double>(&tile.share.value);
        // A grade means nothing without the number it grades.
        const Tone tone = tone_of(ratio == nullptr ? Grade::Unknown : tile.share.grade);
        item.SetValue(kpvs_TONE, tone.tone);
        item.SetValue(kpvs_ICON, tone.icon);
        item.SetValue(kpvs_NAME, tile.name);
        item.SetValue(kpvs_ANCHOR, tile.anchor);
        item.ShowSection(tile.anchor.empty() ? kpvs_PLAIN : kpvs_LINK);
        add_reading(item, kpvs_VALUE, tile.shown, tile.value, words);
        if (!tile.unit.empty()) {
            item.SetValueAndShowSection(kpvs_UNIT_TEXT, tile.unit, kpvs_UNIT);
        }
        item.SetValue(kpvs_NOTE, tile.note);
        if (ratio != nullptr && std::isfinite(*ratio)) {
            item.ShowSection(kpvs_BAR);
            item.SetValue(kpvs_WIDTH, bar_length(*ratio));
            item.SetValue(kpvs_PERCENT, words.percent(*ratio));
        }
        if (!tile.word.empty()) {
            item.SetValueAndShowSection(kpvs_WORD_TEXT, tile.word, kpvs_WORD);
        }
    }
}

}  // namespace portal::views
