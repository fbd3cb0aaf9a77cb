#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "handlers/jobstats/measures/job_measures.h"
#include "views/base/sentence.h"
#include "views/parts/charts/notices.h"

namespace portal::jobstats {

/// One notice of the job page about what is known of the job: when it is shown, what it says, and
/// the graph it links to. What the job could do better comes from handlers/jobstats/advice.
struct NoticeRule {
    std::string_view name;
    views::Notice::Weight weight;
    bool (*applies)(const JobFacts&);
    const char* text;
    views::Argument (*argument)(const JobFacts&) = nullptr;  ///< {0} of the text
    const char* anchor = "";
};

/// All rules; of those with one weight the first one is shown first.
[[nodiscard]] std::span<const NoticeRule> notice_rules();

/// What to say of the job, the heaviest first: its state, where no error in `advice` says it
/// already, the advice, and the rules that apply.
[[nodiscard]] std::vector<views::Notice> notices_of(const JobFacts& facts,
                                                    const std::vector<views::Notice>& advice);

}  // namespace portal::jobstats
