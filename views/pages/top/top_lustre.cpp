#include "views/pages/top/top_lustre.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/top_lustre.tpl.h"
#include "views/pages.h"
#include "views/pages/top/lustre_charts.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {}  // namespace

std::string fill(const TopLustrePage& page, ctemplate::TemplateDictionary& dict,
                 const Words& words) {
    dict.SetFilename(words.file("top_lustre.tpl"));
    add_ranges(dict, ktl_RANGES, page.ranges, words);
    dict.SetValue(ktl_MOST_USERS, format::count(page.most_users, words.language()));
    for (const TopFileSystem& one : page.file_systems) {
        dict.SetValueAndShowSection(ktl_NAME, one.name, ktl_LINK);
        ctemplate::TemplateDictionary& item = *dict.AddSectionDictionary(ktl_FILE_SYSTEM);
        item.SetValue(ktl_NAME, one.name);
        add_charts(item, ktl_CHARTS, one.charts, lustre_charts(), "top", words);
    }
    return words.text(mark("File systems"));
}

}  // namespace portal::views
