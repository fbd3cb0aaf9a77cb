#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/job_state.h"
#include "views/base/frame.h"
#include "views/base/sentence.h"
#include "views/pages/jobstats/advice/headline.h"
#include "views/pages/jobstats/advice/next_time.h"
#include "views/pages/jobstats/array/chain.h"
#include "views/pages/jobstats/cost.h"
#include "views/pages/jobstats/resources.h"
#include "views/pages/jobstats/script.h"
#include "views/pages/jobstats/timeline.h"
#include "views/pages/jobstats/verdicts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/jobs/job_table.h"

namespace portal::views {

/// The job page of Jobstats.
struct JobPage {
    Frame frame;
    std::string owner;
    std::string cluster;    ///< as Slurm calls it
    std::string base;       ///< /secure/jobstats/alice/4711/
    std::string user_link;  ///< /secure/jobstats/alice/
    std::string number;     ///< 4711, 4711_3, 4711+1
    std::string name;
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    Sentence state_text;  ///< what the state means, where the word is not enough
    std::string account;
    std::string partition;
    std::string array_number;  ///< of the array that it is a task of; empty: of none
    std::string array_link;
    std::vector<std::string> nodes;
    std::string work_dir;
    std::string submit_line;
    std::string output;   ///< path of what it printed; may be empty
    bool failed = false;  ///< it ended badly: what a request for help needs is shown
    std::optional<std::uint32_t> exit_code;
    std::optional<std::uint32_t> exit_signal;
    Timeline timeline;
    Headline headline;
    std::vector<Verdict> verdicts;
    NextTime next_time;
    std::vector<Notice> notices;
    std::vector<ResourceRow> resources;
    CostTable cost;
    ScriptText script;
    std::vector<ChartSection> sections;  ///< empty if the job never started
    std::vector<JobRow> attempts;        ///< all attempts if there are several, newest first
    std::vector<JobRow> siblings;        ///< tasks of the array or components of the het job
    bool siblings_cut = false;           ///< there are more than are shown
    bool het = false;                    ///< siblings are components
    Chain chain;                         ///< jobs that wait for each other, this one among them
    std::vector<ChainJob> waits_for;     ///< of a job that waits
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const JobPage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
