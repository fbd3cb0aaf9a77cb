#include "views/pages/top/days_page.h"

#include <ctemplate/template.h>

#include "views/markers/days_page.tpl.h"
#include "views/parts/instant.h"

namespace portal::views {
namespace {

std::string names_of(const std::vector<std::string>& names, const Words& words) {
    std::string list;
    for (const std::string& name : names) {
        list.append(list.empty() ? "" : ", ");
        list.append(name.empty() ? words.text(mark("unnamed")) : name);
    }
    return list;
}

std::string most_text(const TopDaysPage& page, const Words& words) {
    if (page.most.empty()) return {};
    return words.text(mark("These five are {0} of the waste: {1}."),
                      {words.percent(page.most_part), names_of(page.most, words)});
}

}  // namespace

std::string fill(const TopDaysPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("days_page.tpl"));
    add_time(dict, kdp_FRESH, page.frame.now, "clock", words);
    add_ranges(dict, kdp_RANGES, page.ranges, words);
    dict.SetValue(kdp_COUNT, words.plural("{0} job ended", "{0} jobs ended", page.jobs));
    dict.SetValue(kdp_FIRST, page.first);
    dict.SetValue(kdp_LAST, page.last);
    if (page.table.rows.empty()) {
        dict.ShowSection(kdp_NONE);
        return words.text(mark("Waste over days"));
    }
    add_waste_answer(dict, kdp_ANSWER,
                     {page.whole, page.earlier, page.currency, page.since, most_text(page, words)},
                     words);
    add_day_bars(dict, kdp_BARS, page.bars, words);
    TemplateDictionary& some = *dict.AddSectionDictionary(kdp_SOME);
    some.SetValue(kdp_PEOPLE_LINK, page.people_link);
    some.SetValue(kdp_ACCOUNTS_LINK, page.accounts_link);
    some.SetValue(kdp_FILE_LINK, page.file_link);
    some.ShowSection(page.accounts ? kdp_ACCOUNTS_HERE : kdp_PEOPLE_HERE);
    add_sums_table(some, kdp_TABLE, page.table, words);
    add_time_limits(some, kdp_PARTITIONS, page.partitions, words);
    add_time_limits(some, kdp_PEOPLE, page.people, words);
    return words.text(mark("Waste over days"));
}

}  // namespace portal::views
