#include "views/parts/instant.h"

#include <ctemplate/template.h>

#include "views/base/format.h"
#include "views/markers/part_time.tpl.h"

namespace portal::views {

void add_time(TemplateDictionary& dict, const TemplateString& marker, Instant instant,
              const char* style, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_time.tpl", words);
    part.SetValue(kpt_ISO, format::iso(instant));
    part.SetValue(kpt_STYLE, style);
    part.SetValue(kpt_TEXT, words.instant(instant));
}

}  // namespace portal::views
