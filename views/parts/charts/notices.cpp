#include "views/parts/charts/notices.h"

#include <ctemplate/template.h>

#include "views/markers/part_notices.tpl.h"

namespace portal::views {

namespace {

constexpr std::size_t kOpen = 3;  // more are folded

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
    for (std::size_t at = 0; at < notices.size(); ++at) {
        const Notice& notice = notices[at];
        TemplateDictionary& item = *part.AddSectionDictionary(kpn_NOTICE);
        if (at == kOpen && notices.size() > kOpen + 1) {
            item.SetValueAndShowSection(
                kpn_FOLD_TEXT,
                words.plural("{0} more notice", "{0} more notices", notices.size() - kOpen),
                kpn_FOLD);
            part.ShowSection(kpn_FOLDED);
        }
        if (!notice.rule.empty()) {
            item.SetValueAndShowSection(kpn_RULE_NAME, notice.rule, kpn_RULE);
        }
        if (!notice.lost.empty()) {
            item.SetValueAndShowSection(kpn_LOST_TEXT, words.sentence(notice.lost), kpn_LOST);
        }
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
