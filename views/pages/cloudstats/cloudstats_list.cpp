#include "views/pages/cloudstats/cloudstats_list.h"

#include <ctemplate/template.h>

#include "views/markers/cloudstats_list.tpl.h"
#include "views/pages.h"
#include "views/parts/parts.h"

namespace portal::views {

std::string fill(const CloudListPage& page, ctemplate::TemplateDictionary& dict,
                 const Words& words) {
    dict.SetFilename(words.file("cloudstats_list.tpl"));
    add_time(dict, kcl_FRESH, page.frame.now, "clock", words);
    add_notices(dict, kcl_NOTICES, page.notices, words);
    dict.ShowSection(page.all ? kcl_ALL : kcl_OWN);
    dict.ShowSection(page.projects.empty() ? kcl_NONE : kcl_TABLE);
    for (const CloudProjectRow& row : page.projects) {
        ctemplate::TemplateDictionary& item = *dict.AddSectionDictionary(kcl_ROW);
        item.SetValue(kcl_NAME, row.name);
        if (row.link.empty()) {
            item.ShowSection(kcl_PLAIN);
        } else {
            item.SetValueAndShowSection(kcl_HREF, row.link, kcl_LINK);
        }
        add_amount(item, kcl_RUNNING, row.running, Unit::Count, words);
        add_amount(item, kcl_LATELY, row.lately, Unit::Count, words);
        add_amount(item, kcl_VCPUS, row.vcpus, Unit::Count, words);
        add_amount(item, kcl_MEMORY, row.memory, Unit::Bytes, words);
    }
    return words.text(mark("Cloud"));
}

}  // namespace portal::views
