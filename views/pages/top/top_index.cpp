#include "views/pages/top/top_index.h"

#include <ctemplate/template.h>

#include "views/markers/top_index.tpl.h"
#include "views/pages.h"

namespace portal::views {

std::string fill(const TopIndexPage& page, ctemplate::TemplateDictionary& dict,
                 const Words& words) {
    dict.SetFilename(words.file("top_index.tpl"));
    for (const TopCard& card : page.cards) {
        ctemplate::TemplateDictionary& item = *dict.AddSectionDictionary(kti_CARD);
        item.SetValue(kti_HREF, card.link);
        item.SetValue(kti_ICON, card.icon);
        item.SetValue(kti_CARD_TITLE, words.sentence(card.title));
        item.SetValue(kti_TEXT, words.sentence(card.text));
    }
    return words.text(mark("Top users"));
}

}  // namespace portal::views
