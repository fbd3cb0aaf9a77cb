#include "views/pages/top/lustre_page.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/lustre_page.tpl.h"
#include "views/pages/top/lustre_charts.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {
std::string fill(const TopLustrePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("lustre_page.tpl"));
    add_ranges(dict, klp_RANGES, page.ranges, words);
    dict.SetValue(klp_MOST_USERS, format::count(page.most_users, words.language()));
    for (const TopFileSystem& one : page.file_systems) {
        dict.SetValueAndShowSection(klp_NAME, one.name, klp_LINK);
        TemplateDictionary& item = *dict.AddSectionDictionary(klp_FILE_SYSTEM);
        item.SetValue(klp_NAME, one.name);
        add_charts(item, klp_CHARTS, one.charts, lustre_charts(), "top", words);
    }
    return words.text(mark("File systems"));
}

}  // namespace portal::views
