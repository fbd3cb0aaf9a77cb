#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/jobstats/run/job_run.h"
#include "handlers/sources/prometheus/metrics.h"

/// The GPUs of a job, each joined from whatever series it has. The usual question has sums, numbers
/// and extremes of the samples; where these show something that cannot be, the samples are gone
/// through, and the impossible ones are left out.
namespace portal::jobstats {

/// Mean of samples.
struct SampleSum {
    double sum = 0;
    double count = 0;
    [[nodiscard]] std::optional<double> mean() const {
        if (count <= 0) return std::nullopt;
        return sum / count;
    }
};

/// One GPU, in the units of its metrics.
struct Card {
    std::string node;
    std::string number;  ///< the label gpu
    std::string type;
    bool part = false;  ///< of a card (MIG)
    SampleSum cycles;
    SampleSum power;
    std::optional<double> memory;  ///< largest use
    std::optional<double> total;
    double first = 0;  ///< when it was seen, Unix seconds; both 0: not known
    double last = 0;
    double odd = 0;  ///< samples that cannot be, left out
};

struct Cards {
    std::vector<Card> all;
    bool odd = false;           ///< something cannot be, and the samples were not gone through
    bool went_through = false;  ///< they were
    Seconds step{0};            ///< between two looks at the samples, if they were
};

[[nodiscard]] prometheus::Ticket ask_cards(const JobRun& run, Context& context);
/// Goes through the samples.
[[nodiscard]] prometheus::Ticket ask_cards_carefully(const JobRun& run, Context& context);

[[nodiscard]] Cards read_cards(const prometheus::SeriesSet& answer, const JobRun& run);
/// The answer of the careful question. A GPU that got another number is one, if Slurm knows of
/// fewer than were seen.
[[nodiscard]] Cards read_cards_carefully(const prometheus::SeriesSet& answer, const JobRun& run,
                                         const Site& site);

}  // namespace portal::jobstats
