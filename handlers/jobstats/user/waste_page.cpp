#include "handlers/jobstats/user/waste_page.h"

#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/days/kept.h"
#include "handlers/days/sums.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/user/ranked_jobs.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"

namespace portal::jobstats {
namespace {

using database::Summary;
using database::Waste;
using database::WasteOf;
using Number = std::optional<double>;

constexpr std::uint32_t kKinds = 10;
constexpr std::uint32_t kJobs = 10;
constexpr std::uint32_t kMostSummed = 20'000;  // beside a list; the page sums as many as there are

Number product(Number left, Number right) {
    if (!left || !right) return std::nullopt;
    return *left * *right;
}

views::WasteNumbers numbers_of(const Summary& job) {
    const Number core_s = job.cores_used ? product(job.run_s, job.cores) : std::nullopt;
    const Number gpu_s = job.gpu_used ? product(job.run_s, job.gpus) : std::nullopt;
    return {.core_hours = hours_of(core_s),
            .cores_share = share_of(job.cores_used, job.cores),
            .wasted_core_hours = hours_of(job.wasted_core_s),
            .gpus = job.gpus.value_or(0) > 0,
            .gpu_hours = hours_of(gpu_s),
            .gpus_share = gpu_s && *gpu_s > 0 ? job.gpu_used : std::nullopt,
            .wasted_gpu_hours = hours_of(job.wasted_gpu_s),
            .wasted_cost = job.wasted_cost};
}

/// The row of Slurm's table, as far as its number and a link to this very attempt need it.
slurm::Job row_of(const Summary& job) {
    slurm::Job row;
    row.id = {job.id_job};
    row.db_index = job.job_db_inx;
    row.superseded = true;
    row.submitted = from_unix(job.time_submit);
    if (job.id_array_job) row.array = JobId{*job.id_array_job};
    row.array_task = job.id_array_task;
    return row;
}

views::WastefulJob wasteful(const Summary& job, const std::string& owner, const Site& site) {
    return {.number = job_number(row_of(job)),
            .name = job.name,
            .link = job_link(site, owner, row_of(job)),
            .ended = from_unix(job.time_end),
            .numbers = numbers_of(job)};
}

/// As long before it.
TimeRange before(TimeRange range) {
    return {range.from - range.length(), range.from};
}

/// The same by day, the first one only if it is whole.
std::optional<SourceError> fill_bars(views::WastePage& page, const WasteOf& asked,
                                     Context& context) {
    const database::Days days{database::day_of(asked.ended.from + kDay - Seconds{1}),
                              database::day_of(asked.ended.to + kDay - Seconds{1})};
    const auto by_day = context.portal_db.days().of_person(asked.whose, days);
    if (!by_day.ok()) return by_day.error();
    page.bars = day_bars(by_day.value(), days);
    return std::nullopt;
}

/// All that the page shows; errors with any Fault of the portal's own database.
std::optional<SourceError> fill_waste(views::WastePage& page, const WasteOf& asked,
                                      Context& context) {
    database::SummaryDb& kept = context.portal_db.summaries();
    const auto whole = kept.waste(asked);
    if (!whole.ok()) return whole.error();
    const auto earlier = kept.waste({asked.whose, before(asked.ended)});
    if (!earlier.ok()) return earlier.error();
    const auto part = kept_part(asked.ended, context);
    if (!part.ok()) return part.error();
    database::Ranking most = ranking_of_waste(asked, context.site);
    most.limit = kKinds;
    const auto kinds = kept.waste_by_name(most);
    if (!kinds.ok()) return kinds.error();
    most.limit = kJobs;
    const auto jobs = kept.ranked(most);
    if (!jobs.ok()) return jobs.error();
    page.whole = {whole.value().jobs, asked.ended, waste_numbers(whole.value()), {}};
    if (part.value().before) {
        page.earlier = {
            earlier.value().jobs, before(asked.ended), waste_numbers(earlier.value()), {}};
    }
    page.since = part.value().since;
    for (const Waste& kind : kinds.value()) {
        page.kinds.push_back({kind.stem, kind.jobs, waste_numbers(kind)});
    }
    for (const Summary& job : jobs.value()) {
        page.jobs.push_back(wasteful(job, page.owner, context.site));
    }
    return fill_bars(page, asked, context);
}

}  // namespace

Response waste_page(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const Instant now = context.clock.now();
    const TimeRange ended = page_range(visit.request, now, kWasteRanges);
    const auto person = person_of(visit, context);
    if (!person.ok()) return source_missing_page(visit, context, person.error());
    views::WastePage page;
    page.owner = visit.captures.username.value;
    page.frame = frame_of(visit, context.site, now, page.owner);
    const std::string jobs = user_link(context.site, page.owner);
    page.frame.crumbs = {jobs_crumb(page.frame, page.owner, jobs)};
    page.ranges = range_choices(visit.request, jobs + "waste/", kWasteRanges);
    page.currency = context.site.cost.currency;
    const auto failed = fill_waste(page, {whose(jobs_owner(person.value())), ended}, context);
    if (failed) return source_missing_page(visit, context, *failed);
    return context.views.render(page);
}

std::optional<views::WasteOfDays> recent_waste(const slurm::Owner& owner, Context& context) {
    if (!context.site.scripts.enabled) return std::nullopt;
    const Instant now = context.clock.now();
    const TimeRange ended{now - kWasteRanges.usual, now};
    const WasteOf asked{whose(owner), ended};
    const auto jobs = context.portal_db.summaries().count(asked, kMostSummed + 1);
    if (!jobs.ok()) {
        log_missing(jobs.error());
        return std::nullopt;
    }
    if (jobs.value() == 0) return std::nullopt;
    if (jobs.value() > kMostSummed) return views::WasteOfDays{kMostSummed, ended, {}, {}};
    const auto found = context.portal_db.summaries().waste(asked);
    if (!found.ok()) {
        log_missing(found.error());
        return std::nullopt;
    }
    const views::WasteNumbers numbers = waste_numbers(found.value());
    if (!numbers.cores_share && !numbers.gpus_share) return std::nullopt;
    const auto part = kept_part(ended, context);
    if (!part.ok()) log_missing(part.error());
    return views::WasteOfDays{found.value().jobs, ended, numbers,
                              part.ok() ? part.value().since : views::Sentence{}};
}

}  // namespace portal::jobstats
