#include "views/pages/top/top_lustre.h"

#include <ctemplate/template.h>

#include <array>

#include "views/base/format.h"
#include "views/markers/top_lustre.tpl.h"
#include "views/pages.h"
#include "views/parts/charts.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{"lustre_mdt", mark("File operations"), mark("operations per second"),
               mark("Look for: one line far above the others, for hours."),
               mark("Opening, closing, creating and looking up files, by user. What nobody’s name "
                    "is on stands together as others."),
               mark("Nobody worked on files in this time.")},
    ChartWords{"lustre_ost_read", mark("Read"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user read."),
               mark("Nobody read in this time.")},
    ChartWords{"lustre_ost_write", mark("Written"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user wrote."),
               mark("Nobody wrote in this time.")},
};

}  // namespace

std::string fill(const TopLustrePage& page, ctemplate::TemplateDictionary& dict,
                 const Words& words) {
    dict.SetFilename(words.file("top_lustre.tpl"));
    add_ranges(dict, ktl_RANGES, page.ranges, words);
    dict.SetValue(ktl_MOST_USERS, format::count(page.most_users, words.language()));
    for (const TopFileSystem& one : page.file_systems) {
        dict.SetValueAndShowSection(ktl_NAME, one.name, ktl_LINK);
        ctemplate::TemplateDictionary& item = *dict.AddSectionDictionary(ktl_FILE_SYSTEM);
        item.SetValue(ktl_NAME, one.name);
        add_charts(item, ktl_CHARTS, one.charts, kCharts, "top", words);
    }
    return words.text(mark("File systems"));
}

}  // namespace portal::views
