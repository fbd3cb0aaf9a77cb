#pragma once

// handlers/jobstats/measures is what a job used: measures.h asks for all of it, this list says what
// is made of each measure, cost.h what it comes to in energy and money. May include what the module
// may, and the rooms run, files and pace.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handlers/jobstats/measures/measures.h"
#include "handlers/site.h"
#include "views/base/sentence.h"
#include "views/parts/grade.h"
#include "views/parts/value.h"

namespace portal::jobstats {

/// All that a judgement of a job may rest on; everything outlives it.
struct JobFacts {
    const JobRun& run;
    const Measures& measures;
    const Site& site;
};

/// A grade that the state of a job gives, whatever was measured.
struct StateGrade {
    views::Grade grade;
    views::Sentence word;
};

/// One thing that the page tells of a job: its tile in the strip and its row in the table of
/// resources come from this one row. A function that is null does not apply.
struct JobMeasure {
    using Value = Reading (*)(const JobFacts&);

    std::string_view key;        ///< its name here; graded ones: [verdict KEY] of the configuration
    const char* tile = nullptr;  ///< name of its tile; null: it has none
    const char* row = nullptr;   ///< name of its row; null: it has none
    views::Unit unit = views::Unit::Count;
    bool (*applies)(const JobFacts&) = nullptr;  ///< null: to every job
    Value requested = nullptr;
    Value allocated = nullptr;
    Value used = nullptr;
    Value at_most =
        nullptr;            ///< the most that `used` can be, where it is only known to lie between
    Value whole = nullptr;  ///< what the job had: the grade is that of used / whole; null: no grade
    Value share = nullptr;  ///< share to show without a grade, where it is not used / whole
    double (*covered)(const Measures&) = nullptr;  ///< share of the run that was measured
    bool (*from_steps)(const Measures&) = nullptr;
    std::optional<StateGrade> (*by_state)(const JobRun&) = nullptr;
    std::string (*detail)(const JobFacts&) = nullptr;
    const char* anchor = "";  ///< its graph
    /// Sentence when it used more than it had: {0} is what was used, {1} the whole.
    const char* odd = nullptr;
};

/// All measures in the order of the page.
[[nodiscard]] std::span<const JobMeasure> job_measures();
/// The measure of that key, which exists.
[[nodiscard]] const JobMeasure& job_measure(std::string_view key);

[[nodiscard]] bool applies(const JobMeasure& measure, const JobFacts& facts);
/// NoData where the measure has no such function.
[[nodiscard]] Reading value_of(JobMeasure::Value value, const JobFacts& facts);

/// The share of what the job had. Graded by the site's limits where samples cover enough of the
/// run, and by the job's state where that decides.
[[nodiscard]] views::Share share_of(const JobMeasure& measure, const JobFacts& facts);
/// The word beside a grade; empty if the measure is not graded.
[[nodiscard]] views::Sentence word_of(const JobMeasure& measure, const JobFacts& facts);

}  // namespace portal::jobstats
