#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handlers/sources/slurm/job.h"
#include "handlers/sources/slurm/tres.h"
#include "handlers/sources/sql/session.h"
#include "sql/query.h"

namespace portal::slurm {

/// A list that is narrowed without a date looks back this far; JobSlice::searched_from tells.
inline constexpr Seconds kFilterReach = std::chrono::days{90};
/// With dates it looks at this much at most, counted back from the later one.
inline constexpr Seconds kWidestSearch = std::chrono::days{366};
/// Jobs that began longer than this before JobFilter::from are taken to be over by then.
inline constexpr Seconds kLongestRun = std::chrono::days{31};

/// A search that may find nothing for long goes back in steps of so many jobs, each of which costs
/// a bounded part; when they have taken so long together, the reader decides whether to search on.
inline constexpr std::uint64_t kRowsOfStep = 20'000;
inline constexpr Milliseconds kSearchTime{1000};

/// May the account read the names of qualities of service?
enum class QosNames { Hidden, Readable };

/// What `{job_filter}` stands for: the conditions of a filter that all lists of jobs share, but for
/// its dates. `gpus` are this site's GPU resources.
[[nodiscard]] std::string job_filter(const std::vector<GpuTres>& gpus, QosNames qos);

/// The values of its placeholders, in order, and the length of its `{list}`.
[[nodiscard]] std::vector<sql::Value> job_filter_values(const JobFilter& filter, Instant now);
[[nodiscard]] std::size_t listed_states(const JobFilter& filter);

/// What those conditions leave open: nodes among others in a list, and run times that the row as a
/// whole does not tell.
[[nodiscard]] bool fits(const JobFilter& filter, const Job& job);

/// A statement about one part of a list, its values in order, and the length of its `{list}`.
struct ListQuery {
    queries::Query query;
    std::vector<sql::Value> values;
    std::size_t states = 1;
};

/// The filter with a `from` whenever one is needed to keep the answer quick.
[[nodiscard]] JobFilter bounded(JobFilter filter, ListPart part, Instant now);

/// How much of a list is asked for.
struct ListPage {
    std::uint32_t rows = 0;
    Instant now{};                   ///< ends what goes on
    std::optional<Instant> reach{};  ///< it looks no further back than this step
};

/// The query for a page; empty if no row of that part can have one of the filter's states.
[[nodiscard]] std::optional<ListQuery> list_query(Uid owner, ListPart part, const JobFilter& filter,
                                                  const std::optional<JobCursor>& after,
                                                  const ListPage& page);

/// True if most rows may be read in vain.
[[nodiscard]] bool goes_in_steps(const JobFilter& filter, ListPart part);

/// The query for how far back the next step reaches.
[[nodiscard]] ListQuery step_query(Uid owner, ListPart part, const JobFilter& filter,
                                   const std::optional<JobCursor>& after);

/// How far back a list has come at a position.
[[nodiscard]] Instant reached(ListPart part, const JobCursor& position);

/// Where the list goes on behind a step.
[[nodiscard]] JobCursor cursor_before(ListPart part, Instant reach);

}  // namespace portal::slurm
