#include "views/parts/notices.h"

#include <ctemplate/template.h>

#include "views/markers/part_notices.tpl.h"

namespace portal::views {

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
                 const std::vector<Notice>& notices, const Words& words,
                 std::span<const ChartWords> charts) {
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
        item.SetValue(kpn_ANCHOR_NAME, anchor_word(notice.anchor, charts, words));
    }
}

}  // namespace portal::views
