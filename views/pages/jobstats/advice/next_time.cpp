#include "views/pages/jobstats/advice/next_time.h"

#include <ctemplate/template.h>

#include "views/markers/part_next_time.tpl.h"

namespace portal::views {

namespace {

void add_basis(TemplateDictionary& part, const NextTime& next, const Words& words) {
    std::string basis = words.sentence(next.basis);
    if (!next.outcome.empty()) basis += " " + words.sentence(next.outcome);
    if (!basis.empty()) part.SetValueAndShowSection(kpnt_BASIS_TEXT, basis, kpnt_BASIS);
    for (const Sentence& doubt : next.doubts) {
        part.AddSectionDictionary(kpnt_DOUBT)->SetValue(kpnt_DOUBT_TEXT, words.sentence(doubt));
    }
    if (!next.history.empty()) {
        part.SetValueAndShowSection(kpnt_HISTORY_LINK, next.history, kpnt_HISTORY);
    }
}

}  // namespace

void add_next_time(TemplateDictionary& dict, const TemplateString& marker, const NextTime& next,
                   const Words& words) {
    if (next.lines.empty() && next.doubts.empty()) return;
    TemplateDictionary& part = include(dict, marker, "part_next_time.tpl", words);
    if (!next.lines.empty()) part.ShowSection(kpnt_LINES);
    part.ShowSection(next.of_newest ? kpnt_NEWEST : kpnt_THIS);
    add_basis(part, next, words);
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
