#include "views/pages/top/top_large_jobs.h"

#include <ctemplate/template.h>

#include "views/markers/top_large_jobs.tpl.h"
#include "views/pages.h"
#include "views/parts/controls.h"
#include "views/parts/parts.h"

namespace portal::views {
namespace {

using ctemplate::TemplateDictionary;

void fill_row(TemplateDictionary& item, const LargeJobRow& row, const Words& words) {
    add_top_user(item, ktlj_USER, {row.user, row.user_link}, words);
    item.SetValue(ktlj_NUMBER, row.number);
    if (row.link.empty()) {
        item.ShowSection(ktlj_PLAIN);
    } else {
        item.SetValueAndShowSection(ktlj_HREF, row.link, ktlj_LINK);
    }
    item.SetValue(ktlj_PARTITION, row.partition);
    add_time(item, ktlj_SUBMITTED, row.submitted, "relative", words);
    add_time(item, ktlj_STARTED, row.started, "relative", words);
    add_amount(item, ktlj_CORES, row.cores, Unit::Count, words);
    add_amount(item, ktlj_USED_CORES, row.used_cores, Unit::Count, words);
    add_graded_share(item, ktlj_CORES_BAR, row.cores_share, words.text(mark("Cores used")), words);
    add_amount(item, ktlj_MEMORY, row.memory, Unit::Bytes, words);
    add_amount(item, ktlj_MAX_MEMORY, row.max_memory, Unit::Bytes, words);
    add_graded_share(item, ktlj_MEMORY_BAR, row.memory_share, words.text(mark("Memory used")),
                     words);
}

}  // namespace

std::string fill(const LargeJobsPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("top_large_jobs.tpl"));
    add_time(dict, ktlj_FRESH, page.frame.now, "clock", words);
    add_notices(dict, ktlj_NOTICES, page.notices, words);
    dict.SetValue(ktlj_WHICH, page.partition);
    dict.SetValue(ktlj_AFTER,
                  words.number(static_cast<double>(page.after / std::chrono::minutes{1})));
    if (page.jobs.rows.empty()) {
        dict.ShowSection(ktlj_NONE);
    } else {
        TemplateDictionary& table = *dict.AddSectionDictionary(ktlj_TABLE);
        if (page.jobs.rows.size() > kLongTopTable) table.ShowSection(ktlj_TALL);
        add_columns(table, ktlj_COLUMNS, page.jobs.columns, words);
        for (const LargeJobRow& row : page.jobs.rows) {
            fill_row(*table.AddSectionDictionary(ktlj_ROW), row, words);
        }
        if (!page.jobs.more.empty()) {
            table.SetValueAndShowSection(ktlj_MORE_TEXT, words.sentence(page.jobs.more), ktlj_MORE);
        }
    }
    return words.text(mark("Large memory nodes"));
}

}  // namespace portal::views
