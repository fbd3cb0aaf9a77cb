#include "views/pages/home/home_page.h"

#include <ctemplate/template.h>

#include "views/markers/home_page.tpl.h"
#include "views/pages/home/home_charts.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {
namespace {

void fill_text(TemplateDictionary& item, const HomeCard& card) {
    item.SetValue(khp_TEXT_TITLE, card.title);
    item.SetValue(khp_TEXT_BODY, card.text);
    if (card.link.empty()) return;
    item.SetValueAndShowSection(khp_LINK_HREF, card.link, khp_LINK);
    item.SetValue(khp_LINK_TEXT, card.link_text);
}

void fill_file_system(TemplateDictionary& item, const std::string& name, const HomePage& page,
                      const Words& words) {
    const std::string base = page.graphs + name + "/";
    item.SetValue(khp_SYSTEM, name);
    item.SetValue(khp_OST_SRC, base + "ost.json");
    item.SetValue(khp_MDT_SRC, base + "mdt.json");
    add_charts(item, khp_CHARTS,
               {{"ost", base + "ost.json", name}, {"mdt", base + "mdt.json", name}}, home_charts(),
               name, words);
}

}  // namespace

std::string fill(const HomePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("home_page.tpl"));
    for (const HomeCard& card : page.texts) fill_text(*dict.AddSectionDictionary(khp_TEXT), card);
    if (!page.file_systems.empty()) {
        dict.ShowSection(khp_SYSTEMS);
        add_ranges(dict, khp_RANGES, page.ranges, words);
    }
    for (const std::string& name : page.file_systems) {
        fill_file_system(*dict.AddSectionDictionary(khp_FILE_SYSTEM), name, page, words);
    }
    return words.text(mark("Home"));
}

}  // namespace portal::views
