#include "handlers/jobstats/user/user_page.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "handlers/access/person.h"
#include "handlers/graphs/charts.h"
#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/job_list.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobs/use/current_use.h"
#include "handlers/jobs/use/live_use.h"
#include "handlers/jobs/use/step_shares.h"
#include "handlers/jobstats/graphs/user_graphs.h"
#include "handlers/jobstats/user/ranked_jobs.h"
#include "handlers/jobstats/user/user_filter.h"
#include "handlers/jobstats/user/waste_page.h"
#include "handlers/jobstats/user/wasteful_jobs.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"

namespace portal::jobstats {
namespace {

using slurm::Job;
using slurm::ListPart;
using Weight = views::Notice::Weight;

constexpr std::uint32_t kRows = 100;
constexpr std::uint32_t kWaitingRows = 100;

/// All that the page asks its sources, collected.
struct UserData {
    Result<std::vector<Job>> running;
    Result<LiveUses> live;
    std::vector<Job> waiting{};
    std::string next_waiting{};
    std::vector<Job> jobs{};
    std::vector<Job> newest{};  ///< whatever the filter; empty where `jobs` are
    std::string next{};
    StepUsages steps{};
    std::optional<SourceError> slurm_error{};
    std::optional<Instant> searched_from{};
    std::optional<Instant> searched_back_to{};
    bool of_others = false;
    std::optional<views::WasteOfDays> waste{};
    std::optional<Uid> unnamed{};                ///< the directory names nobody for this number
    std::optional<Uid> former{};                 ///< Slurm has jobs of the login under this number
    std::optional<database::Ranking> ranking{};  ///< the list is this one, of `ranked`
    RankedJobs ranked{};
    std::optional<TimeRange> kept{};  ///< ends of all jobs that the portal keeps
    slurm::Owner owner{};
};

void note_error(UserData& data, const SourceError& error) {
    if (!data.slurm_error) log_missing(error);
    data.slurm_error = error;
}

void read_waiting(UserData& data, const slurm::Owner& owner, const UserQuery& query,
                  Context& context) {
    if (!query.shows_waiting || data.slurm_error) return;
    auto slice = context.slurm.list(owner, ListPart::Pending, query.filter, query.after.waiting,
                                    kWaitingRows);
    if (!slice.ok()) return note_error(data, slice.error());
    data.waiting = slice.value().jobs;
    data.of_others = slice.value().of_others;
    const auto& next = slice.value().next;
    if (next) data.next_waiting = next_query(query, ListPosition{{}, {}, next});
}

void keep_list(UserData& data, JobListPage list, const UserQuery& query) {
    data.jobs = std::move(list.jobs);
    if (list.next) data.next = next_query(query, *list.next);
    if (!query.chosen.empty()) data.searched_from = list.searched_from;
    data.searched_back_to = list.searched_back_to;
    data.of_others = data.of_others || list.of_others;
}

void read_wasteful(UserData& data, const slurm::Owner& owner, const UserQuery& query,
                   Context& context) {
    if (data.slurm_error) return;
    auto found = read_wasteful_jobs(owner, query.filter, query.after, data.live, context);
    if (!found.ok()) return note_error(data, found.error());
    WastefulJobs jobs = std::move(found).value();
    data.steps = std::move(jobs.steps);
    keep_list(data, std::move(jobs.list), query);
}

void read_jobs(UserData& data, const slurm::Owner& owner, const UserQuery& query,
               Context& context) {
    if (data.slurm_error) return;
    auto page = read_job_list(owner, query.filter, query.after, kRows, context);
    if (!page.ok()) return note_error(data, page.error());
    keep_list(data, std::move(page).value(), query);
}

/// What the form suggests must not depend on what it was filled with. Not worth an error.
void read_newest(UserData& data, const slurm::Owner& owner, const UserQuery& query,
                 Context& context) {
    if (data.slurm_error || (query.chosen.empty() && query.first_page)) return;
    auto slice = context.slurm.list(owner, ListPart::Started, {}, {}, kRows);
    if (slice.ok()) data.newest = std::move(slice).value().jobs;
}

void read_steps(UserData& data, Context& context) {
    if (data.slurm_error) return;
    auto usage = read_step_usages(data.jobs, context);
    if (!usage.ok()) return note_error(data, usage.error());
    data.steps = std::move(usage).value();
}

/// Not worth an error.
void read_former(UserData& data, const slurm::Owner& owner, Context& context) {
    if (data.slurm_error) return;
    const auto former = context.slurm.former_number(owner);
    if (former.ok()) data.former = former.value();
}

UserData read_user(const Username& login, const slurm::Owner& owner, const UserQuery& query,
                   Context& context) {
    const bool measured = context.site.exporters.job.enabled;
    std::optional<prometheus::Ticket> live;
    if (measured) live = ask_live_use(login, context);
    UserData data{.running = context.slurm.running(owner), .live = LiveUses{}};
    data.owner = owner;
    if (!data.running.ok()) note_error(data, data.running.error());
    read_waiting(data, owner, query, context);
    if (!query.wasteful && !query.ranked()) {
        read_jobs(data, owner, query, context);
        read_steps(data, context);
    }
    read_newest(data, owner, query, context);
    if (live) data.live = collect_live_use(*live, beginnings_of(data.running), context);
    if (!data.live.ok()) log_missing(data.live.error());
    if (query.wasteful && !query.ranked()) read_wasteful(data, owner, query, context);
    if (query.first_page && query.chosen.empty()) {
        data.waste = recent_waste(owner, context);
        read_former(data, owner, context);
    }
    if (owner.logins.empty()) data.unnamed = owner.uid;
    return data;
}

/// Errors: any Fault of the portal's own database.
std::optional<SourceError> read_ranked(UserData& data, const slurm::Owner& owner,
                                       const UserQuery& query, Context& context) {
    data.ranking = ranking_of(owner, query, context);
    data.ranking->limit = kRows;
    auto found = read_ranked_jobs(*data.ranking, query.wasteful, context);
    if (!found.ok()) return found.error();
    data.ranked = std::move(found).value();
    const auto span = context.portal_db.summaries().span();
    if (!span.ok()) return span.error();
    data.kept = span.value();
    const auto& next = data.ranked.next;
    if (next && *next < kMostRanked) data.next = next_query(query, *next);
    return std::nullopt;
}

std::vector<views::JobGroup> list_of(const UserData& data, const std::string& owner,
                                     Context& context) {
    if (!data.ranking) {
        return job_groups(data.jobs, {data.live, data.steps, read_kept_uses(data.jobs, context)},
                          owner, context);
    }
    return views::ungrouped(
        ranked_rows(data.ranked.jobs, data.ranking->rank, data.owner, owner, context));
}

/// Accounts and partitions of what is shown and of the newest jobs.
void fill_suggestions(views::ListFilter& filter, const UserData& data) {
    std::set<std::string> accounts;
    std::set<std::string> partitions;
    for (const auto* jobs : {&data.waiting, &data.jobs, &data.newest}) {
        for (const Job& job : *jobs) {
            if (!job.account.empty()) accounts.insert(job.account);
            if (!job.partition.empty()) partitions.insert(job.partition);
        }
    }
    filter.accounts.assign(accounts.begin(), accounts.end());
    filter.partitions.assign(partitions.begin(), partitions.end());
}

views::Sentence what_is_ranked(const UserData& data) {
    const TimeRange asked = data.ranking->jobs.ended;
    if (!data.kept || data.kept->to < asked.from || data.kept->from >= asked.to) {
        return views::sentence("The portal has kept no jobs that ended in this time.");
    }
    return views::sentence(
        "Jobs that ended from {0} to {1}, as far as the portal has kept and "
        "measured them. Dates show others.",
        {views::instant_argument(std::max(asked.from, data.kept->from)),
         views::instant_argument(std::min(asked.to, data.kept->to))});
}

/// What the lists do not have.
std::vector<views::Sentence> left_out(const UserData& data) {
    std::vector<views::Sentence> texts;
    if (data.unnamed) texts.push_back(unnamed_owner(*data.unnamed));
    if (data.former) {
        texts.push_back(
            views::sentence("Slurm also has jobs of this login under another user number, {0}: "
                            "they are not shown.",
                            {views::text_argument(std::to_string(data.former->value))}));
    }
    if (data.of_others) {
        texts.push_back(
            views::sentence("This user number belonged to somebody else before. Jobs that Slurm "
                            "recorded under another login are not shown."));
    }
    if (data.running.ok() && data.running.value().size() >= slurm::SlurmDb::kMostRunning) {
        texts.push_back(views::sentence("Of the jobs that run, the {0} newest are counted.",
                                        {views::number_argument(slurm::SlurmDb::kMostRunning)}));
    }
    if (data.searched_from && !data.searched_back_to) {
        texts.push_back(views::sentence("Jobs since {0}. Set a start date to look further back.",
                                        {views::instant_argument(*data.searched_from)}));
    }
    if (data.ranking) texts.push_back(what_is_ranked(data));
    const auto& next = data.ranked.next;
    if (next && *next >= kMostRanked) {
        texts.push_back(views::sentence("The list ends after {0} jobs: narrow it.",
                                        {views::number_argument(kMostRanked)}));
    }
    return texts;
}

void fill_notices(views::UserPage& page, const UserData& data) {
    const auto add = [&](Weight weight, views::Sentence text) {
        page.notices.push_back({weight, {}, std::move(text), {}});
    };
    if (data.slurm_error && data.ranking) {
        add(Weight::Warning, views::sentence("Slurm's database is not available: current usage is "
                                             "missing from this page."));
    } else if (data.slurm_error) {
        const bool too_long = data.slurm_error->fault == Fault::TooLong;
        add(Weight::Error,
            too_long ? views::sentence("This search takes too long: narrow it (fewer days, a "
                                       "name).")
                     : views::sentence("Slurm's database is not available: jobs are missing "
                                       "from this page."));
    }
    for (views::Sentence& text : left_out(data)) add(Weight::Information, std::move(text));
    if (data.live.ok()) return;
    add(Weight::Warning,
        views::sentence(
            "Measurements are not available: current usage is missing from this page."));
}

/// A job that has GPUs runs, or is among those that the page lists.
bool has_gpus(const views::UserPage& page) {
    const auto in_group = [](const views::JobGroup& group) {
        return std::any_of(group.rows.begin(), group.rows.end(),
                           [](const views::JobRow& row) { return row.gpus > 0; });
    };
    return page.now.gpus.has_value() || page.jobs_unavailable ||
           std::any_of(page.jobs.begin(), page.jobs.end(), in_group);
}

std::vector<views::ChartRef> charts_on(const views::UserPage& page, const Site& site) {
    std::vector<views::ChartRef> charts;
    for (const auto& family : user_graphs().families) {
        const bool shown = family.slug != "gpu" || has_gpus(page);
        if (!shown || !family.exporter(site.exporters).enabled) continue;
        for (auto& chart : graph::charts_of(family, page.base, "", site)) {
            charts.push_back(std::move(chart));
        }
    }
    return charts;
}

views::UserPage page_of(const Visit& visit, const UserData& data, const UserQuery& query,
                        Context& context) {
    const std::string owner = visit.captures.username.value;
    views::UserPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), owner);
    page.frame.crumbs = {jobs_crumb(page.frame, owner, {})};
    page.owner = owner;
    page.base = user_link(context.site, owner);
    page.metrics_enabled = context.site.exporters.job.enabled;
    page.filter = shown_filter(query, page.base);
    page.filter.kept = context.site.scripts.enabled && !data.unnamed;
    page.filter.energy = context.site.exporters.power.enabled;
    page.filter.prices = context.site.cost.cpu_core_hour || context.site.cost.gpu_hour ||
                         context.site.cost.electricity_per_kwh;
    page.ranked = data.ranking.has_value();
    page.export_link = page.base + "jobs.csv" + filter_query(query);
    page.ranges = range_choices(visit.request, page.base, kUserRanges);
    page.waste = data.waste;
    page.waste_link = page.base + "waste/";
    page.currency = context.site.cost.currency;
    page.now = current_use(data.running, data.live, context.site);
    const bool whole = query.first_page && query.chosen.empty() && data.next_waiting.empty();
    if (!data.slurm_error && whole) {
        page.waiting_jobs = static_cast<std::uint32_t>(data.waiting.size());
    }
    page.waiting = job_groups(data.waiting, {data.live, data.steps}, owner, context);
    page.jobs = list_of(data, owner, context);
    page.searched_back_to = data.searched_back_to;
    page.jobs_unavailable = data.slurm_error && !data.ranking;
    page.charts = charts_on(page, context.site);
    if (!data.next.empty()) page.next_link = page.base + data.next;
    if (!data.next_waiting.empty()) page.next_waiting_link = page.base + data.next_waiting;
    if (!query.first_page) page.first_link = page.base + filter_query(query);
    fill_suggestions(page.filter, data);
    fill_notices(page, data);
    return page;
}

}  // namespace

Response user_page(const Visit& visit, Context& context) {
    const UserQuery query = parse_user_query(visit.request, context.clock.now());
    const Username owner = visit.captures.username;
    if (const auto shorter = shorter_query(visit.request, query)) {
        return redirect(302, user_link(context.site, owner.value) + *shorter);
    }
    (void)page_range(visit.request, context.clock.now(),
                     kUserRanges);  // 400 before any source is asked
    const auto person = person_of(visit, context);
    if (!person.ok()) return source_missing_page(visit, context, person.error());
    const slurm::Owner rows = jobs_owner(person.value());
    check_ranked(query, rows, context.site);
    UserData data = read_user(owner, rows, query, context);
    if (query.ranked()) {
        const auto missing = read_ranked(data, rows, query, context);
        if (missing) return source_missing_page(visit, context, *missing);
    }
    Response response = context.views.render(page_of(visit, data, query, context));
    if (data.slurm_error && !data.ranking) become_unavailable(response);
    return response;
}

}  // namespace portal::jobstats
