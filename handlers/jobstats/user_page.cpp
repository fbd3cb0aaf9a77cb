#include "handlers/jobstats/user_page.h"

#include <algorithm>
#include <set>

#include "handlers/common/pages.h"
#include "handlers/jobstats/groups.h"
#include "handlers/jobstats/job_list.h"
#include "handlers/jobstats/job_text.h"
#include "handlers/jobstats/live_use.h"
#include "handlers/jobstats/step_shares.h"
#include "handlers/jobstats/user_filter.h"
#include "handlers/jobstats/verdicts.h"

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
    std::vector<Job> waiting;
    bool more_waiting = false;
    std::vector<Job> jobs;
    std::string next;
    StepUsages steps;
    std::optional<SourceError> slurm_error;
    std::optional<Instant> searched_from;
};

void note_error(UserData& data, const SourceError& error) {
    if (!data.slurm_error) log_missing(error);
    data.slurm_error = error;
}

void read_waiting(UserData& data, Uid owner, const UserQuery& query, Context& context) {
    if (!query.first_page || data.slurm_error) return;
    auto slice =
        context.slurm.list(owner, ListPart::Pending, query.filter, std::nullopt, kWaitingRows);
    if (!slice.ok()) return note_error(data, slice.error());
    data.waiting = slice.value().jobs;
    data.more_waiting = slice.value().next.has_value();
}

void read_jobs(UserData& data, Uid owner, const UserQuery& query, Context& context) {
    if (data.slurm_error) return;
    auto page = read_job_list(owner, query, kRows, context);
    if (!page.ok()) return note_error(data, page.error());
    JobListPage list = std::move(page).value();
    data.jobs = std::move(list.jobs);
    if (list.next) data.next = next_query(query, *list.next);
    if (query.form.active) data.searched_from = list.searched_from;
}

void read_steps(UserData& data, Context& context) {
    if (data.slurm_error) return;
    auto usage = read_step_usages(data.jobs, context);
    if (!usage.ok()) return note_error(data, usage.error());
    data.steps = std::move(usage).value();
}

UserData read_user(const Username& login, Uid owner, const UserQuery& query, Context& context) {
    const bool measured = context.site.exporters.job.enabled;
    std::optional<prometheus::Ticket> live;
    if (measured) live = ask_live_use(login, context);
    UserData data{context.slurm.running(owner), LiveUses{}, {}, false, {}, {}, {}, {}, {}};
    if (!data.running.ok()) note_error(data, data.running.error());
    read_waiting(data, owner, query, context);
    read_jobs(data, owner, query, context);
    read_steps(data, context);
    if (live) data.live = collect_live_use(*live, context);
    if (!data.live.ok()) log_missing(data.live.error());
    return data;
}

std::vector<views::JobGroup> groups_of(const std::vector<Job>& jobs, const UserData& data,
                                       const std::string& owner, Context& context) {
    std::vector<ListedJob> listed;
    listed.reserve(jobs.size());
    for (const Job& job : jobs) {
        views::JobRow row = job_row(job, context.site, owner, context.clock.now());
        const bool running = job.started && !job.ended;
        if (running) fill_live_shares(row, job, data.live, context.site);
        fill_step_shares(row, job, data.steps, context.site);
        listed.push_back({job, std::move(row)});
    }
    return fold_arrays(std::move(listed));
}

/// Sum of one use over all running jobs; no data if none of them was measured.
template <class Member>
views::Reading total_use(const Result<LiveUses>& live, Member member) {
    if (!live.ok()) return views::Unavailable{live.error().source};
    std::optional<double> sum;
    for (const auto& [id, use] : live.value()) {
        if (use.*member) sum = sum.value_or(0) + *(use.*member);
    }
    if (!sum) return views::NoData{};
    return *sum;
}

views::UseRow use_row(double allocated, const views::Reading& used, const Site& site,
                      const char* measure) {
    return {.allocated = allocated, .used = used, .share = graded(used, allocated, site, measure)};
}

void fill_current_use(views::UserPage& page, const UserData& data, const Site& site) {
    if (!data.running.ok()) {
        const views::Unavailable away{data.running.error().source};
        page.cores.allocated = page.memory.allocated = away;
        page.cores.used = total_use(data.live, &LiveUse::cores);
        page.memory.used = total_use(data.live, &LiveUse::memory);
        return;
    }
    double cores = 0;
    double memory = 0;
    double gpus = 0;
    for (const Job& job : data.running.value()) {
        cores += job.allocated.cores;
        memory += static_cast<double>(job.allocated.memory.count);
        gpus += job.allocated.gpus.count;
    }
    page.running_jobs = static_cast<std::uint32_t>(data.running.value().size());
    page.cores = use_row(cores, total_use(data.live, &LiveUse::cores), site, "cores");
    page.memory = use_row(memory, total_use(data.live, &LiveUse::memory), site, "memory");
    const views::Reading used = total_use(data.live, &LiveUse::gpu_cycles);
    if (gpus > 0 || std::holds_alternative<double>(used)) {
        page.gpus = use_row(gpus, used, site, "gpu");
    }
}

void fill_suggestions(views::UserPage& page, const UserData& data) {
    std::set<std::string> accounts;
    std::set<std::string> partitions;
    for (const auto* jobs : {&data.waiting, &data.jobs}) {
        for (const Job& job : *jobs) {
            if (!job.account.empty()) accounts.insert(job.account);
            if (!job.partition.empty()) partitions.insert(job.partition);
        }
    }
    page.accounts.assign(accounts.begin(), accounts.end());
    page.partitions.assign(partitions.begin(), partitions.end());
}

void fill_notices(views::UserPage& page, const UserData& data) {
    if (data.slurm_error) {
        page.notices.push_back({Weight::Error,
                                {},
                                views::sentence("Slurm's database is not available: jobs are "
                                                "missing from this page."),
                                {}});
    }
    if (data.searched_from) {
        page.notices.push_back({Weight::Information,
                                {},
                                views::sentence("The filter looked back to {0}.",
                                                {views::instant_argument(*data.searched_from)}),
                                {}});
    }
    if (!data.live.ok()) {
        page.notices.push_back(
            {Weight::Warning,
             {},
             views::sentence("Measurements are not available: what is used right "
                             "now is missing from this page."),
             {}});
    }
}

views::UserPage page_of(const Request& request, const UserData& data, const UserQuery& query,
                        Context& context) {
    const std::string owner = request.username().value;
    views::UserPage page;
    page.frame = frame_of(request, context.site, context.clock.now(), owner);
    page.frame.crumbs = {jobs_crumb(page.frame, owner, {})};
    page.owner = owner;
    page.base = user_link(context.site, owner);
    page.metrics_enabled = context.site.exporters.job.enabled;
    page.lustre_enabled = context.site.exporters.lustre.enabled;
    page.filter = query.form;
    page.ranges = range_choices(request, page.base, kUserRanges);
    fill_current_use(page, data, context.site);
    if (!data.slurm_error && query.first_page && !query.form.active && !data.more_waiting) {
        page.waiting_jobs = static_cast<std::uint32_t>(data.waiting.size());
    }
    page.waiting = groups_of(data.waiting, data, owner, context);
    page.jobs = groups_of(data.jobs, data, owner, context);
    page.jobs_unavailable = data.slurm_error.has_value();
    if (!data.next.empty()) page.next_link = page.base + data.next;
    if (!query.first_page) page.first_link = page.base + filter_query(query);
    fill_suggestions(page, data);
    fill_notices(page, data);
    return page;
}

}  // namespace

Response user_page(const Request& request, Context& context) {
    const UserQuery query = parse_user_query(request);
    (void)page_range(request, context.clock.now(), kUserRanges);  // 400 before any source is asked
    const Username owner = request.username();
    const auto uid = uid_of(owner, context);
    if (!uid.ok()) return source_missing_page(request, context, uid.error());
    const UserData data = read_user(owner, uid.value(), query, context);
    Response response = context.views.render(page_of(request, data, query, context));
    if (data.slurm_error) {
        response.status = 503;
        response.headers.emplace_back("Retry-After", "10");
    }
    return response;
}

}  // namespace portal::jobstats
