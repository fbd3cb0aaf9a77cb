#include "handlers/jobstats/jobstats.h"

#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/array/array_page.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/graphs/user_graphs.h"
#include "handlers/jobstats/job/job_page.h"
#include "handlers/jobstats/runs/runs_page.h"
#include "handlers/jobstats/script/job_script.h"
#include "handlers/jobstats/summary/tasks.h"
#include "handlers/jobstats/user/job_export.h"
#include "handlers/jobstats/user/user_page.h"
#include "handlers/jobstats/user/waste_page.h"
#include "handlers/page/errors.h"
#include "handlers/page/links.h"
#include "views/base/messages.h"

namespace portal::jobstats {
namespace {

/// A job's number as people write it: 4711, 4711_3 for a task, 4711+1 for a component.
struct WrittenNumber {
    JobId id;
    char mark = 0;  ///< `_`, `+`, or 0
    std::uint32_t part = 0;
};

std::uint32_t digits(std::string_view text) {
    const auto number = text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max());
    if (!number) throw HttpError(400, views::sentence("This is not the number of a job.").id);
    return static_cast<std::uint32_t>(*number);
}

WrittenNumber parse_number(std::string_view written) {
    const std::string_view text = text::trim(written);
    const auto mark = text.find_first_of("_+");
    WrittenNumber number{.id = {digits(text.substr(0, mark))}};
    if (mark == std::string_view::npos) return number;
    number.mark = text[mark];
    number.part = digits(text.substr(mark + 1));
    return number;
}

/// A person with the jobs that have a number, the newest first.
struct Found {
    ldap::Person person;
    std::vector<slurm::Job> jobs;
};

/// The jobs of the viewer's that a number may mean; others' are never looked at, so the answer does
/// not tell whether they exist.
Result<Found> find_own(const Viewer& viewer, JobId id, Context& context) {
    const auto person = context.directory.by_login(viewer.login);
    if (!person.ok()) return person.error();
    if (!person.value()) throw HttpError(404, "");
    auto jobs = context.slurm.attempts(jobs_owner(*person.value()), id);
    if (!jobs.ok()) return jobs.error();
    return Found{*person.value(), std::move(jobs).value()};
}

/// The owner of the newest job with a number, by that number if the directory does not name them.
Result<Found> find_anybodys(JobId id, Context& context) {
    auto jobs = context.slurm.bearers(id);
    if (!jobs.ok()) return jobs.error();
    if (jobs.value().empty()) return Found{};
    const slurm::Job& newest = jobs.value().front();
    const auto person = context.directory.by_uid(newest.owner);
    if (!person.ok()) return person.error();
    if (person.value() && slurm::is_of(jobs_owner(*person.value()), newest)) {
        return Found{*person.value(), std::move(jobs).value()};
    }
    const std::string number = std::to_string(newest.owner.value);
    return Found{{.login = {number}, .uid = newest.owner, .name = number}, std::move(jobs).value()};
}

/// The job that a task's or a component's number means.
Result<std::optional<slurm::Job>> resolve(const WrittenNumber& number, const Found& found,
                                          Context& context) {
    using Resolved = std::optional<slurm::Job>;
    const slurm::Owner owner = jobs_owner(found.person);
    if (number.mark == '_') return context.slurm.array_task(owner, number.id, number.part, {});
    if (found.jobs.empty()) return Resolved{};
    if (number.mark == 0) return Resolved(found.jobs.front());
    const auto components = context.slurm.het_components(owner, found.jobs.front());
    if (!components.ok()) return components.error();
    for (const slurm::Job& job : components.value()) {
        if (job.het_offset == number.part) return Resolved(job);
    }
    return Resolved{};
}

/// GET /secure/jobstats/: the viewer's own page, or with ?job=N the page of that job.
Response index(const Visit& visit, Context& context) {
    const auto wanted = visit.request.parameter("job");
    if (!wanted) return redirect(302, user_link(context.site, visit.viewer.login.value));
    const WrittenNumber number = parse_number(*wanted);
    const auto found = visit.viewer.staff ? find_anybodys(number.id, context)
                                          : find_own(visit.viewer, number.id, context);
    if (!found.ok()) return source_missing_page(visit, context, found.error());
    const auto job = resolve(number, found.value(), context);
    if (!job.ok()) return source_missing_page(visit, context, job.error());
    if (!job.value()) throw HttpError(404, "");
    const std::string& owner = found.value().person.login.value;
    const bool whole = number.mark == 0 && job.value()->array == number.id;
    if (whole) return redirect(302, array_link(context.site, owner, *job.value()));
    if (number.mark == '_') {
        return redirect(302, task_link(context.site, owner, *job.value(), number.part));
    }
    return redirect(302, job_link(context.site, owner, *job.value()));
}

Routes routes() {
    return {
        {Method::Get, "/secure/jobstats/", Access::SignedIn, &index},
        {Method::Get, "/secure/jobstats/{username}/", Access::SelfOrStaff, &user_page},
        {Method::Get, "/secure/jobstats/{username}/jobs.csv", Access::SelfOrStaff, &job_export},
        {Method::Get, "/secure/jobstats/{username}/graph/{graph}.json", Access::SelfOrStaff,
         &graph::answer_of<&user_graphs>},
        {Method::Get, "/secure/jobstats/{username}/waste/", Access::SelfOrStaff, &waste_page},
        {Method::Get, "/secure/jobstats/{username}/name/", Access::SelfOrStaff, &runs_page},
        {Method::Get, "/secure/jobstats/{username}/array/{job_id}/", Access::SelfOrStaff,
         &array_page},
        {Method::Get, "/secure/jobstats/{username}/{job}/", Access::SelfOrStaff, &job_page},
        {Method::Get, "/secure/jobstats/{username}/{job}/script", Access::SelfOrStaff, &job_script},
        {Method::Get, "/secure/jobstats/{username}/{job}/graph/{graph}.json", Access::SelfOrStaff,
         &graph::answer_of<&job_graphs>},
        {Method::Get, "/secure/jobstats/{username}/{job}/value/cost.json", Access::SelfOrStaff,
         &job_cost},
    };
}

}  // namespace

Module module() {
    return {
        .name = "jobstats",
        .word = views::mark("My jobs"),
        .icon = "jobs",
        .routes = routes(),
        .sections = {{"cost", config::Naming::Plain, &read_cost},
                     {"advice", config::Naming::Plain, &read_advice},
                     {"rule", config::Naming::Named, &read_rule}},
        .shows = {{"jobs", [](const Site&) { return true; }},
                  {"cores, memory, GPUs", [](const Site& s) { return s.exporters.job.enabled; }},
                  {"file systems", [](const Site& s) { return s.exporters.lustre.enabled; }},
                  {"whole nodes", [](const Site& s) { return s.exporters.node.enabled; }},
                  {"energy", [](const Site& s) { return s.exporters.power.enabled; }},
                  {"cost",
                   [](const Site& s) {
                       return s.cost.cpu_core_hour || s.cost.electricity_per_kwh;
                   }},
                  {"uploaded scripts", [](const Site& s) { return s.scripts.enabled; }}},
        .shared = {"/secure/jobstats/", "/secure/jobstats/{username}/"},
        .tasks = &summary_tasks,
    };
}

}  // namespace portal::jobstats
