#pragma once

#include <optional>
#include <vector>

#include "handlers/jobstats/rules.h"
#include "handlers/site.h"
#include "views/base/sentence.h"
#include "views/parts/charts/notices.h"

namespace portal::jobstats {

/// What a job lost by what a rule tells.
struct Lost {
    enum class Thing { CoreHours, GpuHours, GibHours };
    Thing thing = Thing::CoreHours;
    double amount = 0;
    std::optional<double> money;  ///< in the site's currency; empty: it has no price
};

/// A rule that holds for a job.
struct Finding {
    const Rule* rule;
    std::optional<Lost> lost;
};

/// The rules that hold and that no other silences: errors first, then by the price of what was
/// lost. Of a rule with a variant for the job's partition the variant counts. The rules outlive it.
[[nodiscard]] std::vector<Finding> findings_of(const Values& values, std::string_view partition,
                                               const Site& site);

/// A text of a rule with the job's values in place of its inputs.
[[nodiscard]] views::Sentence sentence_of(const std::string& text, const Values& values);

/// What was lost, in hours and money; empty if it is too little to tell.
[[nodiscard]] views::Sentence lost_sentence(const Lost& lost, const Site& site);

/// What the page says of a finding, in the site's own words where it has some.
[[nodiscard]] views::Notice notice_of(const Finding& finding, const Values& values,
                                      const Site& site, Language language);

}  // namespace portal::jobstats
