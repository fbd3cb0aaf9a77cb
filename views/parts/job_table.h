#pragma once

#include <string>
#include <vector>

#include "views/base/words.h"
#include "views/parts/job_parts.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

namespace portal::views {

/// Waiting jobs show what they ask for and why they wait; others how they ran.
enum class JobTable { Waiting, Ran };

/// A table of jobs; arrays are folded rows. `label` names the table, `fold_prefix` keeps the ids of
/// two tables on one page apart. Nothing if there are no groups.
void add_job_table(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                   const std::vector<JobGroup>& groups, JobTable kind, const std::string& label,
                   const std::string& fold_prefix, Instant now, const Words& words);
/// The same for rows that belong to no array.
void add_job_table(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                   const std::vector<JobRow>& rows, const std::string& label, Instant now,
                   const Words& words);

}  // namespace portal::views
