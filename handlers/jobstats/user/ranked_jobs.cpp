#include "handlers/jobstats/user/ranked_jobs.h"

#include <algorithm>
#include <utility>

#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/list_verdict.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"

namespace portal::jobstats {
namespace {

using database::Rank;
using database::Ranking;
using database::Summary;
using slurm::Size;
using views::sentence;

constexpr std::chrono::days kUsual{90};
constexpr int kMostRounds = 5;
constexpr double kBytesOfMemory = 1024.0 * 1024;

/// By Size; database::Amount begins with the same.
database::NumberRange amount(const slurm::SizeRange& range, double unit) {
    const auto number = [&](const std::optional<std::uint64_t>& end) {
        return end ? std::optional(static_cast<double>(*end) * unit) : std::nullopt;
    };
    return {number(range.least), number(range.most)};
}

database::RankFilter filter_of(const UserQuery& query) {
    const slurm::JobFilter& asked = query.filter;
    database::RankFilter filter{.states = {},
                                .account = asked.account,
                                .partition = asked.partition,
                                .name = asked.name,
                                .amounts = query.uses};
    for (const JobState state : asked.states) {
        filter.states.push_back(static_cast<std::uint32_t>(state));
    }
    for (std::size_t size = 0; size < slurm::kSizes; ++size) {
        const double unit = size == static_cast<std::size_t>(Size::Memory) ? kBytesOfMemory : 1;
        filter.amounts.at(size) = amount(asked.sizes.at(size), unit);
    }
    return filter;
}

views::JobRow row_of_summary(const Summary& summary, const std::string& owner, Context& context) {
    static const Result<LiveUses> kNotLive = LiveUses{};
    static const StepUsages kNoSteps;
    slurm::Job job = job_of(summary);
    job.superseded = true;  // the link leads to this very attempt
    const JobUses uses{kNotLive, kNoSteps, {{summary.job_db_inx, database::mark_of(summary)}}};
    return measured_row(job, uses, owner, context);
}

views::Argument hours(const Summary::Number& seconds) {
    return views::number_argument(seconds.value_or(0) / kSecondsPerHour);
}

views::Sentence wasted(const Summary& summary) {
    if (summary.gpus.value_or(0) > 0 && summary.wasted_gpu_s) {
        return sentence("{0} GPU-hours wasted", {hours(summary.wasted_gpu_s)});
    }
    return sentence("{0} core-hours wasted", {hours(summary.wasted_core_s)});
}

views::Sentence used(const Summary& summary) {
    if (summary.gpus.value_or(0) > 0) {
        return sentence("GPUs {0}", {views::percent_argument(summary.gpu_used.value_or(0))});
    }
    const double cores = std::max(summary.cores.value_or(1), 1.0);
    return sentence("cores {0}", {views::percent_argument(summary.cores_used.value_or(0) / cores)});
}

views::Sentence number_of(const Summary& summary, Rank rank, const Site& site) {
    switch (rank) {
        case Rank::Waste:
            return wasted(summary);
        case Rank::Use:
            return used(summary);
        case Rank::Energy:
            return sentence("{0} kWh",
                            {views::number_argument(summary.energy_j.value_or(0) / kJoulesPerKwh)});
        case Rank::Wait:
            return sentence("waited {0}",
                            {views::duration_argument(
                                Seconds{static_cast<std::int64_t>(summary.wait_s.value_or(0))})});
        case Rank::Cost:
            return sentence("cost {0}",
                            {views::money_argument(summary.cost.value_or(0), site.cost.currency)});
    }
    return {};
}

}  // namespace

Ranking ranking_of(const slurm::Owner& owner, const UserQuery& query, Instant now) {
    const Instant to = query.filter.to.value_or(now);
    const TimeRange ended{query.filter.from.value_or(to - kUsual), to};
    return {.jobs = {whose(owner), ended},
            .rank = query.rank.value_or(Rank::Waste),
            .filter = filter_of(query),
            .skip = query.skip};
}

Result<RankedJobs> read_ranked_jobs(Ranking ranking, bool wasteful, Context& context) {
    const std::uint32_t wanted = ranking.limit;
    RankedJobs found;
    for (int round = 0; round < kMostRounds; ++round) {
        auto read = context.portal_db.summaries().ranked(ranking);
        if (!read.ok()) return read.error();
        const bool last = read.value().size() < ranking.limit;
        for (const Summary& summary : read.value()) {
            ++ranking.skip;
            if (wasteful && !is_wasteful(row_of_summary(summary, {}, context).verdict)) continue;
            found.jobs.push_back(summary);
            if (found.jobs.size() == wanted) break;
        }
        found.next = last ? std::nullopt : std::optional(ranking.skip);
        if (last || found.jobs.size() == wanted) break;
    }
    return found;
}

views::JobRow ranked_row(const Summary& summary, Rank rank, const std::string& owner,
                         Context& context) {
    views::JobRow row = row_of_summary(summary, owner, context);
    row.verdict.fact = number_of(summary, rank, context.site);
    return row;
}

}  // namespace portal::jobstats
