#include "handlers/jobstats/user/ranked_jobs.h"

#include <algorithm>
#include <map>
#include <utility>

#include "fcgi/http/http_error.h"
#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/list_verdict.h"
#include "handlers/jobs/worth.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/page/errors.h"

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

/// As much of it as its page needs to judge it.
bool is_measured(const Summary& summary) {
    const double covered = summary.covered.value_or(1);
    if (summary.gpus.value_or(0) > 0) return summary.gpu_covered.value_or(covered) >= kMostCovered;
    return summary.has(Summary::CoresFromSteps) || covered >= kMostCovered;
}

views::JobRow row_of_job(const Summary& summary, slurm::Job job, const std::string& owner,
                         Context& context) {
    static const Result<LiveUses> kNotLive = LiveUses{};
    static const StepUsages kNoSteps;
    job.superseded = true;  // the link leads to this very attempt
    const JobUses uses{kNotLive, kNoSteps, {{summary.job_db_inx, database::mark_of(summary)}}};
    return measured_row(job, uses, owner, context);
}

bool is_shown(const Summary& summary, Rank rank, bool wasteful, Context& context) {
    if ((rank == Rank::Waste || rank == Rank::Use) && !is_measured(summary)) return false;
    return !wasteful || is_wasteful(row_of_job(summary, job_of(summary), {}, context).verdict);
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

views::Sentence energy(const Summary& summary) {
    const auto kwh = views::number_argument(summary.energy_j.value_or(0) / kJoulesPerKwh);
    const bool whole = summary.energy_covered.value_or(0) >= kMostCovered;
    return whole ? sentence("{0} kWh", {kwh}) : sentence("at least {0} kWh", {kwh});
}

views::Sentence number_of(const Summary& summary, Rank rank, const Site& site) {
    switch (rank) {
        case Rank::Waste:
            return wasted(summary);
        case Rank::Use:
            return used(summary);
        case Rank::End:
            return {};
        case Rank::Energy:
            return energy(summary);
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

void check_ranked(const UserQuery& query, const slurm::Owner& owner, const Site& site) {
    if (!query.ranked() || (site.scripts.enabled && !owner.logins.empty())) return;
    throw HttpError(400, sentence("The portal keeps nothing of these jobs once they are over: the "
                                  "list cannot be sorted, nor narrowed by use.")
                             .id);
}

Ranking ranking_of_waste(database::WasteOf jobs, const Site& site) {
    const Worth worth = worth_of(site);
    return {.jobs = std::move(jobs), .gpu_weight = worth.gpu, .core_weight = worth.core};
}

Ranking ranking_of(const slurm::Owner& owner, const UserQuery& query, const Context& context) {
    const Instant to = query.filter.to.value_or(context.clock.now());
    const TimeRange ended{query.filter.from.value_or(to - kUsual), to};
    Ranking ranking = ranking_of_waste({whose(owner), ended}, context.site);
    ranking.rank = query.rank.value_or(Rank::End);
    ranking.filter = filter_of(query);
    ranking.skip = query.skip;
    return ranking;
}

Result<RankedJobs> read_ranked_jobs(Ranking ranking, bool wasteful, Context& context) {
    RankedJobs found;
    for (int round = 0; round < kMostRounds; ++round) {
        const auto read = context.portal_db.summaries().ranked(ranking);
        if (!read.ok()) return read.error();
        std::uint32_t taken = 0;
        for (const Summary& summary : read.value()) {
            if (found.jobs.size() == ranking.limit) break;
            ++taken;
            if (is_shown(summary, ranking.rank, wasteful, context)) found.jobs.push_back(summary);
        }
        ranking.skip += taken;
        const bool over = taken == read.value().size() && taken < ranking.limit;
        found.next = over ? std::nullopt : std::optional(ranking.skip);
        if (over || found.jobs.size() == ranking.limit) break;
    }
    return found;
}

std::vector<views::JobRow> ranked_rows(const std::vector<Summary>& jobs, Rank rank,
                                       const slurm::Owner& owner, const std::string& login,
                                       Context& context) {
    std::vector<std::uint64_t> keys;
    for (const Summary& summary : jobs) keys.push_back(summary.job_db_inx);
    const auto known = keys.empty() ? Result<std::vector<slurm::Job>>{std::vector<slurm::Job>{}}
                                    : context.slurm.rows(owner, keys);
    if (!known.ok()) log_missing(known.error());
    std::map<std::uint64_t, const slurm::Job*> by_key;
    if (known.ok()) {
        for (const slurm::Job& job : known.value()) by_key[job.db_index] = &job;
    }
    std::vector<views::JobRow> rows;
    for (const Summary& summary : jobs) {
        const auto found = by_key.find(summary.job_db_inx);
        const bool there = found != by_key.end() && is_of(summary, *found->second);
        rows.push_back(
            row_of_job(summary, there ? *found->second : job_of(summary), login, context));
        if (known.ok() && !there) rows.back().link.clear();
        views::Sentence number = number_of(summary, rank, context.site);
        if (!number.empty()) rows.back().verdict.fact = std::move(number);
    }
    return rows;
}

}  // namespace portal::jobstats
