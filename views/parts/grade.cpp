#include "views/parts/grade.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "views/markers/part_grade_bar.tpl.h"
#include "views/markers/part_grade_mark.tpl.h"
#include "views/parts/value.h"

namespace portal::views {

Tone tone_of(Grade grade) {
    switch (grade) {
        case Grade::Good:
            return {"is-good", "good", mark("good")};
        case Grade::Fair:
            return {"is-warn", "warn", mark("fair")};
        case Grade::Poor:
            return {"is-bad", "bad", mark("poor")};
        case Grade::Odd:
            return {"is-warn", "warn", mark("more than it had")};
        case Grade::Unknown:
            break;
    }
    return {"", "info", ""};
}

std::string bar_length(double ratio) {
    const double percent = std::isfinite(ratio) ? std::clamp(ratio * 100, 0.0, 100.0) : 0;
    char text[16];
    const int length = std::snprintf(text, sizeof text, "%.1f", percent);
    return {text, static_cast<std::size_t>(length)};
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

}  // namespace portal::views
