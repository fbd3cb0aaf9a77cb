#include "views/pages/accountstats/account_waste.h"

#include <ctemplate/template.h>

#include "views/markers/account_waste.tpl.h"
#include "views/parts/instant.h"

namespace portal::views {

std::string fill(const AccountWastePage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("account_waste.tpl"));
    std::string title = words.text(mark("What the jobs of {0} wasted"), {page.account});
    dict.SetValue(kaw_TITLE, title);
    add_time(dict, kaw_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kaw_RANGES, page.ranges, words);
    dict.SetValue(kaw_COUNT, words.plural("{0} job ended", "{0} jobs ended", page.jobs));
    dict.SetValue(kaw_FIRST, page.first);
    dict.SetValue(kaw_LAST, page.last);
    if (page.table.rows.empty()) {
        dict.ShowSection(kaw_NONE);
        return title;
    }
    add_waste_answer(dict, kaw_ANSWER, {page.whole, page.earlier, page.currency, page.since},
                     words);
    add_day_bars(dict, kaw_BARS, page.bars, words);
    TemplateDictionary& some = *dict.AddSectionDictionary(kaw_SOME);
    some.SetValue(kaw_FILE_LINK, page.file_link);
    add_sums_table(some, kaw_TABLE, page.table, words);
    return title;
}

}  // namespace portal::views
