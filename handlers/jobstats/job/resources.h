#pragma once

#include <vector>

#include "handlers/jobstats/measures/job_measures.h"
#include "views/pages/jobstats/resources.h"

namespace portal::jobstats {

/// Rows of the table of resources, in the order of job_measures().
[[nodiscard]] std::vector<views::ResourceRow> resources_of(const JobFacts& facts);

}  // namespace portal::jobstats
