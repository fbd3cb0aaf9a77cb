#include "views/base/dictionary.h"

#include <ctemplate/template.h>

#include "views/base/words.h"

namespace portal::views {

TemplateDictionary& include(TemplateDictionary& dict, const TemplateString& marker,
                            std::string_view name, const Words& words) {
    TemplateDictionary* part = dict.AddIncludeDictionary(marker);
    part->SetFilename(words.file(name));
    return *part;
}

}  // namespace portal::views
