#pragma once

#include <vector>

#include "views/base/frame.h"
#include "views/base/words.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

/// What a reader sets on a page by links: the range of time, the order of a table.
namespace portal::views {

/// Links to the presets of a page's time range; nothing if there are none.
void add_ranges(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                const std::vector<RangeChoice>& ranges, const Words& words);

/// Heads of the columns of a table, with the links that sort it.
void add_columns(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                 const std::vector<SortColumn>& columns, const Words& words);

/// A range of time by its length: "6 h", "14 days".
[[nodiscard]] std::string range_name(Seconds length, const Words& words);

}  // namespace portal::views
