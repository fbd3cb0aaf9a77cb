#include "handlers/top/large_jobs_page.h"

#include <algorithm>
#include <array>

#include "handlers/jobs/job_text.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/top/columns.h"
#include "handlers/top/large_jobs.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using views::sentence;
using Weight = views::Notice::Weight;

using Large = Column<LargeJob>;

SortValue by_time(Instant instant) {
    return static_cast<double>(unix_seconds(instant));
}

double cores_of(const LargeJob& large) {
    return size_of(large.job).cores;
}

std::optional<double> memory_of(const LargeJob& large) {
    return number(memory_had(large.job));
}

/// Owners without a name come last.
SortValue by_owner(const LargeJob& large) {
    if (large.login.empty()) return std::monostate{};
    return large.login;
}

constexpr std::array kColumns = {
    Large{{"submitted"},
          views::mark("Submitted"),
          [](const LargeJob& large) { return by_time(large.job.submitted); },
          false},
    Large{{"user", false}, views::mark("User"), &by_owner, false},
    Large{{"job"},
          views::mark("Job"),
          [](const LargeJob& large) { return SortValue(static_cast<double>(large.job.id.value)); },
          false},
    Large{{"started"},
          views::mark("Started"),
          [](const LargeJob& large) {
              return by_time(large.job.started.value_or(large.job.submitted));
          },
          false},
    Large{{"cores"},
          views::mark("Allocated cores"),
          [](const LargeJob& large) { return SortValue(cores_of(large)); }},
    Large{{"used"},
          views::mark("Used cores"),
          [](const LargeJob& large) { return by(large.use.cores); }},
    Large{{"share", false},
          views::mark("Share of cores used"),
          [](const LargeJob& large) { return by_share(large.use.cores, cores_of(large)); },
          false},
    Large{{"memory"},
          views::mark("Allocated memory"),
          [](const LargeJob& large) { return by(memory_of(large)); }},
    Large{{"max_memory"},
          views::mark("Highest use of memory"),
          [](const LargeJob& large) { return by(large.use.memory); }},
    Large{{"memory_share", false},
          views::mark("Share of memory used"),
          [](const LargeJob& large) { return by_share(large.use.memory, memory_of(large)); },
          false},
};

/// A use that was measured, was not, or whose source is away.
Reading use_of(const std::optional<double>& value, const LargeJobs& all) {
    if (!value && all.metrics_away) return Unavailable{all.metrics_away->source};
    return reading(value);
}

views::LargeJobRow row_of(const LargeJob& large, const LargeJobs& all, const Site& site) {
    const TopLimits& limits = site.top;
    const slurm::Job& job = large.job;
    views::LargeJobRow row;
    row.user = large.login.empty() ? std::to_string(job.owner.value) : large.login;
    row.number = std::to_string(job.id.value);
    row.partition = job.partition;
    row.user_link = user_link(site, row.user);
    row.link = job_link(site, row.user, job);
    row.submitted = job.submitted;
    row.started = job.started.value_or(job.submitted);
    row.cores = cores_of(large);
    row.used_cores = use_of(large.use.cores, all);
    // Below good is poor here: a node of this kind is too dear for a fair use of its cores.
    row.cores_share = graded(row.used_cores, row.cores,
                             {limits.largemem_cores_good, limits.largemem_cores_good, {}});
    row.memory = memory_had(job);
    row.max_memory = use_of(large.use.memory, all);
    row.memory_share =
        graded(row.max_memory, memory_of(large).value_or(0), {limits.largemem_memory_good, 0, {}});
    if (large.use.memory && *large.use.memory < limits.largemem_memory_least_gib * kGibibyte &&
        number(row.memory_share.value)) {
        row.memory_share.grade = views::Grade::Poor;
    }
    for (views::Share* share : {&row.cores_share, &row.memory_share}) {
        if (large.partly && share->grade != views::Grade::Odd) share->grade = views::Grade::Unknown;
    }
    return row;
}

void add_notices(views::LargeJobsPage& page, const LargeJobs& large) {
    if (large.metrics_away) {
        page.notices.push_back(
            {Weight::Warning,
             {},
             sentence("Measurements are not available: current usage is missing from this page."),
             {}});
    }
    if (large.directory_away) {
        page.notices.push_back({Weight::Warning,
                                {},
                                sentence("The directory does not answer: some users appear by "
                                         "their number."),
                                {}});
    }
}

views::Sentence more_jobs(std::size_t count, const LargeJobs& large, const Site& site) {
    if (large.more) return sentence("There are more jobs than can be shown.");
    if (count <= site.top.users) return {};
    return views::plural_sentence("{0} more job is not shown.", "{0} more jobs are not shown.",
                                  count - site.top.users);
}

views::TopTable<views::LargeJobRow> table_of(const Request& request, LargeJobs large,
                                             const Order<LargeJob>& order, const Site& site) {
    views::TopTable<views::LargeJobRow> table;
    table.columns = heads(request, top_link(site) + "largemem/", order);
    // User, job and its times come in this order, though the usual one is by submission.
    std::rotate(table.columns.begin(), table.columns.begin() + 1, table.columns.begin() + 3);
    put_in_order(large.jobs, order);
    table.more = more_jobs(large.jobs.size(), large, site);
    const std::size_t shown = std::min<std::size_t>(large.jobs.size(), site.top.users);
    for (std::size_t i = 0; i < shown; ++i) {
        table.rows.push_back(row_of(large.jobs[i], large, site));
    }
    return table;
}

}  // namespace

Response large_jobs_page(const Visit& visit, Context& context) {
    const auto order = order_of<LargeJob>(visit.request, kColumns);
    auto large = read_large_jobs(context);
    if (!large.ok()) return source_missing_page(visit, context, large.error());
    views::LargeJobsPage page;
    page.frame = frame_below_top(visit, context, large_jobs_title());
    page.partition = context.site.top.largemem_partition;
    page.after = context.site.top.largemem_after;
    page.eligible = context.site.top.largemem_eligible;
    add_notices(page, large.value());
    page.jobs = table_of(visit.request, std::move(large).value(), order, context.site);
    return context.views.render(page);
}

}  // namespace portal::top
