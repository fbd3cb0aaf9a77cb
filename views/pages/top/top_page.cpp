#include "views/pages/top/top_page.h"

#include <ctemplate/template.h>

#include "views/base/words.h"
#include "views/markers/top_page.tpl.h"

namespace portal::views {

std::string fill(const TopIndexPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("top_page.tpl"));
    for (const TopCard& card : page.cards) {
        TemplateDictionary& item = *dict.AddSectionDictionary(ktp_CARD);
        item.SetValue(ktp_HREF, card.link);
        item.SetValue(ktp_ICON, card.icon);
        item.SetValue(ktp_CARD_TITLE, words.sentence(card.title));
        item.SetValue(ktp_TEXT, words.sentence(card.text));
    }
    return words.text(mark("Top users"));
}

}  // namespace portal::views
