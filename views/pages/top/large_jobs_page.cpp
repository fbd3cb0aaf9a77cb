#include "views/pages/top/large_jobs_page.h"

#include <ctemplate/template.h>

#include "views/markers/large_jobs_page.tpl.h"
#include "views/parts/charts/notices.h"
#include "views/parts/columns.h"
#include "views/parts/grade.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

void fill_row(TemplateDictionary& item, const LargeJobRow& row, const Words& words) {
    add_top_user(item, kljp_USER, {row.user, row.user_link}, words);
    item.SetValue(kljp_NUMBER, row.number);
    if (row.link.empty()) {
        item.ShowSection(kljp_PLAIN);
    } else {
        item.SetValueAndShowSection(kljp_HREF, row.link, kljp_LINK);
    }
    item.SetValue(kljp_PARTITION, row.partition);
    add_time(item, kljp_SUBMITTED, row.submitted, "relative", words);
    add_time(item, kljp_STARTED, row.started, "relative", words);
    add_amount(item, kljp_CORES, row.cores, Unit::Count, words);
    add_amount(item, kljp_USED_CORES, row.used_cores, Unit::Count, words);
    add_graded_share(item, kljp_CORES_BAR, row.cores_share, words.text(mark("Cores used")), words);
    add_amount(item, kljp_MEMORY, row.memory, Unit::Bytes, words);
    add_amount(item, kljp_MAX_MEMORY, row.max_memory, Unit::Bytes, words);
    add_graded_share(item, kljp_MEMORY_BAR, row.memory_share, words.text(mark("Memory used")),
                     words);
}

}  // namespace

std::string fill(const LargeJobsPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("large_jobs_page.tpl"));
    add_time(dict, kljp_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kljp_NOTICES, page.notices, words);
    dict.SetValue(kljp_WHICH, page.partition);
    dict.SetValue(kljp_DAYS,
                  words.number(static_cast<double>(page.eligible / std::chrono::days{1})));
    dict.SetValue(kljp_AFTER,
                  words.number(static_cast<double>(page.after / std::chrono::minutes{1})));
    if (page.jobs.rows.empty()) {
        dict.ShowSection(kljp_NONE);
    } else {
        TemplateDictionary& table = *dict.AddSectionDictionary(kljp_TABLE);
        if (page.jobs.rows.size() > kLongTopTable) table.ShowSection(kljp_TALL);
        add_columns(table, kljp_COLUMNS, page.jobs.columns, words);
        for (const LargeJobRow& row : page.jobs.rows) {
            fill_row(*table.AddSectionDictionary(kljp_ROW), row, words);
        }
        if (!page.jobs.more.empty()) {
            table.SetValueAndShowSection(kljp_MORE_TEXT, words.sentence(page.jobs.more), kljp_MORE);
        }
    }
    return words.text(mark("Large memory nodes"));
}

}  // namespace portal::views
