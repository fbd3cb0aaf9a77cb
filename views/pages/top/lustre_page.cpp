#include "views/pages/top/lustre_page.h"

#include <ctemplate/template.h>

#include <array>

#include "views/base/format.h"
#include "views/markers/lustre_page.tpl.h"
#include "views/parts/ranges.h"

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{"lustre_mdt", mark("File operations"), mark("operations per second"),
               mark("Look for: one line far above the others, for hours."),
               mark("Opening, closing, creating and looking up files, by user. Activity without an "
                    "owner is grouped as “others”."),
               mark("Nobody worked on files in this period.")},
    ChartWords{"lustre_ost_read", mark("Read"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user read."),
               mark("Nobody read in this period.")},
    ChartWords{"lustre_ost_write", mark("Written"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user wrote."),
               mark("Nobody wrote in this period.")},
};

}  // namespace

std::string fill(const TopLustrePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("lustre_page.tpl"));
    add_ranges(dict, klp_RANGES, page.ranges, words);
    dict.SetValue(klp_MOST_USERS, format::count(page.most_users, words.language()));
    for (const TopFileSystem& one : page.file_systems) {
        dict.SetValueAndShowSection(klp_NAME, one.name, klp_LINK);
        TemplateDictionary& item = *dict.AddSectionDictionary(klp_FILE_SYSTEM);
        item.SetValue(klp_NAME, one.name);
        add_charts(item, klp_CHARTS, one.charts, kCharts, "top", words);
    }
    return words.text(mark("File systems"));
}

}  // namespace portal::views
