#include "views/pages/jobstats/advice/next_time.h"

#include <ctemplate/template.h>

#include "views/markers/part_next_time.tpl.h"

namespace portal::views {

void add_next_time(TemplateDictionary& dict, const TemplateString& marker, const NextTime& next,
                   const Words& words) {
    if (next.lines.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_next_time.tpl", words);
    for (const NextLine& line : next.lines) {
        TemplateDictionary& item = *part.AddSectionDictionary(kpnt_LINE);
        if (line.before.empty()) {
            item.ShowSection(kpnt_NEW);
        } else {
            item.SetValueAndShowSection(kpnt_BEFORE_TEXT, line.before, kpnt_BEFORE);
        }
        if (line.after.empty()) {
            item.ShowSection(kpnt_GONE);
        } else {
            item.SetValueAndShowSection(kpnt_AFTER_TEXT, line.after, kpnt_AFTER);
        }
    }
    for (const Sentence& saves : next.saves) {
        part.AddSectionDictionary(kpnt_SAVE)->SetValue(kpnt_SAVES, words.sentence(saves));
    }
}

}  // namespace portal::views
