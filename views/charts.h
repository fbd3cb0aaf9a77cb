#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "views/jobstats_job.h"
#include "views/words.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

namespace portal::views {

/// Whose graphs a page shows; the same slug is explained differently.
enum class ChartScope { Job, User };

/// Figures for the charts in order, with title, unit, hint and help by slug. `file` begins the
/// names of downloads. An unknown slug is shown under its own name.
void add_charts(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                const std::vector<ChartRef>& charts, ChartScope scope, std::string_view file,
                const Words& words);

/// Heading of a section of charts: cpu, memory, gpu, files, node, power.
[[nodiscard]] std::string section_word(std::string_view id, const Words& words);
/// Name of a place on a page for a link to it: "graph-mem" is "Memory".
[[nodiscard]] std::string anchor_word(std::string_view anchor, const Words& words);

}  // namespace portal::views
