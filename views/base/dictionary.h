#pragma once

#include <string_view>

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

namespace portal::views {

using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

class Words;

/// Adds the template `name` under `marker`, in the words' language.
TemplateDictionary& include(TemplateDictionary& dict, const TemplateString& marker,
                            std::string_view name, const Words& words);

}  // namespace portal::views
