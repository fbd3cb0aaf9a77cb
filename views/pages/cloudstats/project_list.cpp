#include "views/pages/cloudstats/project_list.h"

#include <ctemplate/template.h>

#include "views/markers/project_list.tpl.h"
#include "views/parts/charts/notices.h"
#include "views/parts/instant.h"
#include "views/parts/value.h"

namespace portal::views {

std::string fill(const CloudListPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("project_list.tpl"));
    add_time(dict, kpl_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kpl_NOTICES, page.notices, words);
    dict.ShowSection(page.all ? kpl_ALL : kpl_OWN);
    dict.ShowSection(page.projects.empty() ? kpl_NONE : kpl_TABLE);
    for (const CloudProjectRow& row : page.projects) {
        TemplateDictionary& item = *dict.AddSectionDictionary(kpl_ROW);
        item.SetValue(kpl_NAME, row.name);
        if (row.link.empty()) {
            item.ShowSection(kpl_PLAIN);
        } else {
            item.SetValueAndShowSection(kpl_HREF, row.link, kpl_LINK);
        }
        add_amount(item, kpl_RUNNING, row.running, Unit::Count, words);
        add_amount(item, kpl_LATELY, row.lately, Unit::Count, words);
        add_amount(item, kpl_VCPUS, row.vcpus, Unit::Count, words);
        add_amount(item, kpl_MEMORY, row.memory, Unit::Bytes, words);
    }
    return words.text(mark("Cloud"));
}

}  // namespace portal::views
