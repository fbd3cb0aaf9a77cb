#pragma once

#include <vector>

#include "views/base/words.h"
#include "views/pages/jobstats/job_page.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

/// The parts of the job page that are tables or strips.
namespace portal::views {

void add_verdicts(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                  const std::vector<Verdict>& verdicts, const Words& words);
/// Nothing if there are no rows. Before a job starts, nothing is allocated or used: no cell says
/// "no data" then.
void add_resources(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                   const std::vector<ResourceRow>& rows, const Words& words);
/// Nothing if the table is not shown.
void add_cost(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
              const CostTable& cost, const Words& words);
void add_script(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                const ScriptText& script, const Words& words);

}  // namespace portal::views
