#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts.h"
#include "views/parts/job_parts.h"

namespace portal::views {

/// One tile of the verdict strip.
struct Verdict {
    std::string_view key;     ///< which measure it is: cores, memory ...
    const char* name = "";    ///< message id
    Unit unit = Unit::Count;  ///< of the two amounts
    Share share;
    Reading used;
    Reading whole;            ///< what the job had of it; NoData: there is no such thing
    Sentence word;            ///< "Good", "Ran out of time" ...
    std::string anchor;       ///< graph it links to
    bool from_steps = false;  ///< by Slurm's own accounting, not by samples
};

/// Where the wall clock stands.
struct Timeline {
    Instant submitted{};
    std::optional<Instant> eligible;
    std::optional<Instant> started;
    std::optional<Instant> ended;
    std::optional<Seconds> limit;
    Seconds suspended{0};
    Instant now{};
};

/// One row of the resources table. An empty cell: the row has no such value.
struct ResourceRow {
    const char* name = "";  ///< message id
    Unit unit = Unit::Count;
    std::optional<Reading> requested;
    std::optional<Reading> allocated;
    std::optional<Reading> used;
    Share share;
    std::string detail;      ///< GPU model
    bool unlimited = false;  ///< nothing was requested, which means no limit
};

/// Energy and cost. A row is there if it is enabled: the site measures it, or has a price for it.
/// NoData in it: samples lack.
struct CostTable {
    bool shown = false;
    Reading kwh;
    Reading car_km;
    std::string car_model;
    Reading co2_grams;
    Reading electricity;
    Reading cooling;
    Reading hardware;
    Reading total;
    Reading cloud;
    std::string cloud_instance;
    std::string currency;
    std::optional<double> amortization_years;
    bool car_enabled = false;
    bool co2_enabled = false;
    bool energy_enabled = false;
    bool electricity_enabled = false;
    bool cooling_enabled = false;
    bool hardware_enabled = false;
    bool cloud_enabled = false;
    double energy_covered = 1;  ///< share of the job's node-hours that the samples cover
};

/// One of several scripts that were submitted under a job's number.
struct ScriptVersion {
    std::uint32_t number = 0;  ///< 1 for the first one
    Instant stored{};
    Bytes size;
    std::string link;
    bool shown = false;
};

struct ScriptText {
    std::vector<std::string> lines;
    bool cut = false;      ///< there are more lines than these
    std::string download;  ///< link
    bool available = false;
    std::optional<SourceId> missing;      ///< who did not answer
    std::vector<ScriptVersion> versions;  ///< the newest first; empty if there is only one
    bool open = false;                    ///< shown unfolded, since it was asked for
};

/// The job page of Jobstats.
struct JobPage {
    Frame frame;
    std::string owner;
    std::string base;       ///< /secure/jobstats/alice/4711/
    std::string user_link;  ///< /secure/jobstats/alice/
    std::string number;     ///< 4711, 4711_3, 4711+1
    std::string name;
    State state = State::Unknown;
    std::uint32_t state_number = 0;
    Sentence state_text;  ///< what the state means, where the word is not enough
    std::string account;
    std::string partition;
    std::vector<std::string> nodes;
    std::string work_dir;
    std::string submit_line;
    std::optional<std::uint32_t> exit_code;
    std::optional<std::uint32_t> exit_signal;
    Timeline timeline;
    std::vector<Verdict> verdicts;
    std::vector<Notice> notices;
    std::vector<ResourceRow> resources;
    CostTable cost;
    ScriptText script;
    std::vector<ChartSection> sections;  ///< empty if the job never started
    std::vector<JobRow> attempts;        ///< all attempts if there are several, newest first
    std::vector<JobRow> siblings;        ///< tasks of the array or components of the het job
    bool siblings_cut = false;           ///< there are more than are shown
    bool het = false;                    ///< siblings are components
};

}  // namespace portal::views
