#include "views/pages/home/pages_home.h"

#include <ctemplate/template.h>

#include "views/markers/pages_home.tpl.h"
#include "views/pages.h"
#include "views/pages/home/home_charts.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;

void fill_text(TemplateDictionary& item, const HomeCard& card) {
    item.SetValue(kph_TEXT_TITLE, card.title);
    item.SetValue(kph_TEXT_BODY, card.text);
    if (card.link.empty()) return;
    item.SetValueAndShowSection(kph_LINK_HREF, card.link, kph_LINK);
    item.SetValue(kph_LINK_TEXT, card.link_text);
}

void fill_file_system(TemplateDictionary& item, const std::string& name, const HomePage& page,
                      const Words& words) {
    const std::string base = page.graphs + name + "/";
    item.SetValue(kph_SYSTEM, name);
    item.SetValue(kph_OST_SRC, base + "ost.json");
    item.SetValue(kph_MDT_SRC, base + "mdt.json");
    add_charts(item, kph_CHARTS,
               {{"ost", base + "ost.json", name}, {"mdt", base + "mdt.json", name}}, home_charts(),
               name, words);
}

}  // namespace

std::string fill(const HomePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("pages_home.tpl"));
    for (const HomeCard& card : page.texts) fill_text(*dict.AddSectionDictionary(kph_TEXT), card);
    if (!page.file_systems.empty()) {
        dict.ShowSection(kph_SYSTEMS);
        add_ranges(dict, kph_RANGES, page.ranges, words);
    }
    for (const std::string& name : page.file_systems) {
        fill_file_system(*dict.AddSectionDictionary(kph_FILE_SYSTEM), name, page, words);
    }
    return words.text(mark("Home"));
}

}  // namespace portal::views
