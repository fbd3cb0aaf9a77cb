#pragma once

#include <map>
#include <optional>
#include <vector>

#include "handlers/background/task.h"
#include "handlers/context.h"
#include "handlers/sources/current_request.h"

namespace portal::jobstats {

/// Makes summaries of jobs and keeps them; what a job cannot be read for is tried three times, then
/// it gets a summary that says so. One at a time in a process.
class SummaryMaker {
 public:
    SummaryMaker(Context& context, CurrentRequest& request)
        : context_(context), request_(request) {}

    /// How a row went.
    struct Outcome {
        bool kept = false;  ///< it has a summary that is true now
        bool lease_over = false;
        bool unreadable = false;            ///< it got one that says that it cannot be read
        std::optional<SourceError> away{};  ///< it is to be tried again
    };

    /// Those of the rows that have no summary, or one of another state of the row. Errors: any
    /// Fault of the portal's database.
    [[nodiscard]] Result<std::vector<slurm::Job>> lacking(const std::vector<slurm::Job>& jobs);
    /// Makes and keeps the summary of one row.
    [[nodiscard]] Outcome keep(const slurm::Job& job, const database::Lease& lease);

    /// A request of its own begins, with the time that one job may take.
    void begin();

 private:
    [[nodiscard]] Outcome write(const database::Summary& summary, const database::Lease& lease);
    [[nodiscard]] Result<database::Summary> made(const slurm::Job& job);
    /// True if the source is there, and it is this job's question that it cannot answer.
    [[nodiscard]] bool is_of_the_job(const SourceError& error);

    Context& context_;
    CurrentRequest& request_;
    std::map<std::uint64_t, int> tries_;  ///< of rows that could not be read
};

/// The tasks "summaries" (jobs in the order of their end), "late" (rows that came or changed after
/// their turn), "days" (sums by day), and "prune" where the site keeps them for some time only.
[[nodiscard]] background::Tasks summary_tasks(Context& context, CurrentRequest& request);

}  // namespace portal::jobstats
