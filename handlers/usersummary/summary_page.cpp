#include "handlers/usersummary/summary_page.h"

#include <algorithm>
#include <cmath>

#include "handlers/access/person.h"
#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/job_list.h"
#include "handlers/jobs/use/current_use.h"
#include "handlers/jobs/use/live_use.h"
#include "handlers/jobs/use/step_shares.h"
#include "handlers/modules.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"
#include "handlers/usersummary/forecast.h"
#include "handlers/usersummary/quota_series.h"
#include "handlers/usersummary/staff_looks.h"

namespace portal::usersummary {
namespace {

using slurm::Job;
using Weight = views::Notice::Weight;
using Quotas = Result<prometheus::SeriesSet>;

constexpr std::size_t kJobs = 10;
constexpr std::size_t kLeftForOver = 3;
constexpr std::size_t kLeftForWaiting = 2;
constexpr std::uint32_t kMostCounted = 1000;
constexpr std::size_t kDaysOfPace = 91;

/// What Slurm knows of a person's jobs.
struct Jobs {
    std::vector<Job> running;
    std::vector<Job> waiting;                    ///< the newest
    std::optional<std::uint32_t> waiting_count;  ///< empty: more than were read
    std::vector<Job> latest;                     ///< not waiting, by their start
    StepUsages steps;
};

/// All that the page asks its sources, collected.
struct Summary {
    std::vector<QuotaSubject> subjects;
    bool allocations_missing = false;
    Quotas quotas;
    Quotas quota_days;  ///< one value a day, up to now
    Result<LiveUses> live;
    Result<Jobs> jobs;
};

/// The ten that the page shows: those that run, then those that wait, then those that are over.
/// However many run or wait, some places are left for the others.
void keep_ten(Jobs& jobs) {
    std::erase_if(jobs.latest, [](const Job& job) { return job.runs(); });
    const std::size_t over = std::min(jobs.latest.size(), kLeftForOver);
    const std::size_t waiting = std::min(jobs.waiting.size(), kLeftForWaiting);
    std::vector<Job> shown = jobs.running;
    shown.resize(std::min(shown.size(), kJobs - over - waiting));
    jobs.waiting.resize(std::min(jobs.waiting.size(), kJobs - over - shown.size()));
    jobs.latest.resize(std::min(jobs.latest.size(), kJobs - shown.size() - jobs.waiting.size()));
    std::move(jobs.latest.begin(), jobs.latest.end(), std::back_inserter(shown));
    jobs.latest = std::move(shown);
}

Result<Jobs> read_jobs(const slurm::Owner& owner, Context& context) {
    Jobs jobs;
    auto running = context.slurm.running(owner);
    if (!running.ok()) return running.error();
    jobs.running = std::move(running).value();
    auto waiting =
        context.slurm.list(owner, slurm::ListPart::Pending, {}, std::nullopt, kMostCounted);
    if (!waiting.ok()) return waiting.error();
    jobs.waiting = waiting.value().jobs;
    if (!waiting.value().next) {
        jobs.waiting_count = static_cast<std::uint32_t>(jobs.waiting.size());
    }
    // Running jobs are among the latest, too.
    const auto most = static_cast<std::uint32_t>(jobs.running.size() + kJobs);
    auto latest = read_job_list(owner, {}, {}, std::min(most, kMostCounted), context);
    if (!latest.ok()) return latest.error();
    jobs.latest = std::move(latest).value().jobs;
    keep_ten(jobs);
    auto steps = read_step_usages(jobs.latest, context);
    if (!steps.ok()) return steps.error();
    jobs.steps = std::move(steps).value();
    return jobs;
}

std::vector<QuotaSubject> read_subjects(const ldap::Person& owner, bool& missing,
                                        Context& context) {
    if (!context.site.exporters.quota.enabled) return {};
    const auto allocations = context.directory.allocations_of(owner.login);
    if (!allocations.ok()) {
        log_missing(allocations.error());
        missing = true;
        return quota_subjects(owner, {}, context.site);
    }
    return quota_subjects(owner, allocations.value(), context.site);
}

bool has_limits(const std::vector<QuotaSubject>& subjects) {
    return std::any_of(subjects.begin(), subjects.end(), [](const QuotaSubject& subject) {
        return subject.byte_limit || subject.file_limit;
    });
}

Summary read(const ldap::Person& owner, Context& context) {
    Summary data{{}, false, prometheus::SeriesSet{}, prometheus::SeriesSet{}, LiveUses{}, Jobs{}};
    data.subjects = read_subjects(owner, data.allocations_missing, context);
    std::optional<graph::Asked> quotas;
    std::optional<graph::Asked> quota_days;
    std::optional<prometheus::Ticket> live;
    if (!data.subjects.empty()) {
        const Instant now = context.clock.now();
        const Seconds interval = context.site.exporters.quota.interval;
        quotas = ask_quotas(data.subjects, prometheus::Grid::at_instant(now), interval,
                            QuotaStep::Newest, context);
        const prometheus::Grid days{now - kDay * (kDaysOfPace - 1), kDay, kDaysOfPace};
        if (has_limits(data.subjects))
            quota_days = ask_quotas(data.subjects, days, interval, QuotaStep::Newest, context);
    }
    if (context.site.exporters.job.enabled) live = ask_live_use(owner.login, context);
    data.jobs = read_jobs(jobs_owner(owner), context);
    if (quotas) data.quotas = graph::collect_parts(*quotas, context);
    if (quota_days) data.quota_days = graph::collect_parts(*quota_days, context);
    const auto began = data.jobs.ok() ? beginnings_of(data.jobs.value().running) : Beginnings{};
    if (live) data.live = collect_live_use(*live, began, context);
    if (!data.quotas.ok()) log_missing(data.quotas.error());
    if (!data.quota_days.ok()) log_missing(data.quota_days.error());
    if (!data.live.ok()) log_missing(data.live.error());
    if (!data.jobs.ok()) log_missing(data.jobs.error());
    return data;
}

/// The exporter leaves out owners of next to nothing: a missing series does not mean zero.
Reading reading(const Quotas& quotas, const QuotaSubject& subject, const metric::Metric& metric) {
    if (!quotas.ok()) return Unavailable{quotas.error().source};
    const auto found = find_quota(quotas.value(), subject, metric);
    if (!found) return NoData{};
    const double value = found->values.at(0);
    if (std::isnan(value)) return NoData{};
    return metric.base(value);
}

/// When it will be full at its recent pace; empty if unknown or too uncertain.
std::optional<views::QuotaPace> pace_of(const Quotas& days, const QuotaSubject& subject,
                                        const metric::Metric& metric, std::optional<double> limit,
                                        Instant now) {
    if (!days.ok() || !limit) return std::nullopt;
    auto found = find_quota(days.value(), subject, metric);
    if (!found) return std::nullopt;
    for (double& value : found->values) value = metric.base(value);
    const auto full = forecast(found->values, *limit, now);
    if (!full) return std::nullopt;
    return views::QuotaPace{full->expected, full->early, full->late};
}

views::QuotaLine line_of(const Summary& data, const QuotaSubject& subject,
                         const metric::Metric& metric, std::optional<double> limit, Instant now) {
    return {.used = reading(data.quotas, subject, metric),
            .limit = limit,
            .pace = pace_of(data.quota_days, subject, metric, limit, now)};
}

views::Quota quota_of(const Summary& data, const QuotaSubject& subject, Language language,
                      Instant now) {
    const std::string& kind = subject.kind.title.in(language);
    const bool user = subject.kind.owner == QuotaKind::Owner::User;
    views::Quota quota{
        .title = user ? kind : subject.names.front(),
        .place = user ? "" : kind,
        .away = {},
        .bytes = line_of(data, subject, metric::kQuotaKbytes, subject.byte_limit, now),
        .files = line_of(data, subject, metric::kQuotaInodes, subject.file_limit, now),
    };
    quota.bytes.none = views::sentence("less than 4 MiB, or not measured");
    quota.files.none = views::sentence("less than 50 files, or not measured");
    return quota;
}

void fill_quotas(views::SummaryPage& page, const Summary& data, Language language) {
    const Instant now = page.frame.now;
    for (const QuotaSubject& subject : data.subjects) {
        page.quotas.push_back(quota_of(data, subject, language, now));
    }
    std::stable_sort(page.quotas.begin(), page.quotas.end(),
                     [](const views::Quota& left, const views::Quota& right) {
                         return views::fullness(left) > views::fullness(right);
                     });
}

void fill_jobs(views::SummaryPage& page, const Summary& data, Context& context) {
    if (!data.jobs.ok()) {
        page.jobs_unavailable = true;
        page.now = current_use(data.jobs.error(), data.live, context.site);
        return;
    }
    const Jobs& jobs = data.jobs.value();
    page.now = current_use(jobs.running, data.live, context.site);
    page.waiting_jobs = jobs.waiting_count;
    page.waiting = job_groups(jobs.waiting, {data.live, jobs.steps}, page.owner, context);
    page.jobs =
        job_groups(jobs.latest, {data.live, jobs.steps, read_kept_uses(jobs.latest, context)},
                   page.owner, context);
}

void add_notice(views::SummaryPage& page, views::Sentence text) {
    page.notices.push_back({Weight::Warning, {}, std::move(text), {}});
}

void fill_notices(views::SummaryPage& page, const Summary& data) {
    if (!data.jobs.ok()) {
        add_notice(page, views::sentence("Slurm's database is not available: jobs are missing "
                                         "from this page."));
    }
    if (!data.quotas.ok() || !data.live.ok()) {
        add_notice(page, views::sentence("Measurements are not available: quotas or current usage "
                                         "are missing from this page."));
    }
    if (data.allocations_missing) {
        add_notice(page, views::sentence("The directory is not available: the quotas of your "
                                         "groups are missing from this page."));
    }
}

}  // namespace

Response summary_page(const Visit& visit, Context& context) {
    (void)page_range(visit.request, context.clock.now(), kSummaryRanges);  // 400 before any source
    const Username owner = visit.captures.username;
    const auto person = person_of(visit, context);
    if (!person.ok()) return source_missing_page(visit, context, person.error());
    const Summary data = read(person.value(), context);
    views::SummaryPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), owner.value);
    page.owner = owner.value;
    page.base = module_link(context.site, "usersummary", owner.value);
    page.ranges = range_choices(visit.request, page.base, kSummaryRanges);
    if (has_module(context.site, "quotas")) {
        page.quotas_link = module_link(context.site, "quotas", owner.value);
    }
    if (has_module(context.site, "jobstats")) {
        page.jobs_link = module_link(context.site, "jobstats", owner.value);
    }
    fill_quotas(page, data, visit.request.language);
    fill_jobs(page, data, context);
    fill_notices(page, data);
    fill_looks(page, owner, context);
    return context.views.render(page);
}

}  // namespace portal::usersummary
