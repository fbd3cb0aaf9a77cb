#include "views/pages/top/top_table.h"

#include <ctemplate/template.h>

#include "views/base/words.h"
#include "views/markers/part_top_user.tpl.h"

namespace portal::views {

void add_top_user(TemplateDictionary& dict, const TemplateString& marker, const TopUser& user,
                  const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_top_user.tpl", words);
    if (user.name.empty()) {
        part.ShowSection(kptu_NOBODY);
    } else if (user.link.empty()) {
        part.SetValueAndShowSection(kptu_NAME, user.name, kptu_PLAIN);
    } else {
        part.SetValue(kptu_NAME, user.name);
        part.SetValueAndShowSection(kptu_HREF, user.link, kptu_LINK);
    }
}

}  // namespace portal::views
