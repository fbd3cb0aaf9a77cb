#include "views/parts/instant.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/part_sentence_times.tpl.h"
#include "views/markers/part_time.tpl.h"

namespace portal::views {

void add_time(TemplateDictionary& dict, const TemplateString& marker, Instant instant,
              const char* style, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_time.tpl", words);
    part.SetValue(kpt_ISO, format::iso(instant));
    part.SetValue(kpt_STYLE, style);
    part.SetValue(kpt_TEXT, words.instant(instant));
}

void add_times(TemplateDictionary& dict, const TemplateString& marker, std::string_view id,
               const std::vector<Instant>& instants, const char* style, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_sentence_times.tpl", words);
    const std::string text = words.text(id);
    std::size_t from = 0;
    for (;;) {
        const std::size_t open = text.find('{', from);
        TemplateDictionary& piece = *part.AddSectionDictionary(kpst_PIECE);
        piece.SetValue(kpst_TEXT, text.substr(from, open - from));
        if (open == std::string::npos) return;
        const Instant instant = instants.at(static_cast<std::size_t>(text.at(open + 1) - '0'));
        TemplateDictionary& moment = *piece.AddSectionDictionary(kpst_MOMENT);
        moment.SetValue(kpst_ISO, format::iso(instant));
        moment.SetValue(kpst_STYLE, style);
        moment.SetValue(kpst_UTC, words.instant(instant));
        from = open + 3;
    }
}

}  // namespace portal::views
