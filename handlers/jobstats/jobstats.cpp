#include "handlers/jobstats/jobstats.h"

#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/graphs/user_graphs.h"
#include "handlers/jobstats/job/job_page.h"
#include "handlers/jobstats/script/job_script.h"
#include "handlers/jobstats/user/user_page.h"
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

/// Login of the owner of a job that the viewer may see; 404 if there is no such job, or if it is
/// somebody else's.
Result<ldap::Person> owner_of(JobId id, const Viewer& viewer, Context& context) {
    const auto uid = context.slurm.owner_of(id);
    if (!uid.ok()) return uid.error();
    if (!uid.value()) throw HttpError(404, "");
    const auto person = context.directory.by_uid(*uid.value());
    if (!person.ok()) return person.error();
    const bool visible = person.value() && (viewer.staff || person.value()->login == viewer.login);
    if (!visible) throw HttpError(404, "");
    return *person.value();
}

/// The job that a task's or a component's number means.
Result<JobId> resolve(const WrittenNumber& number, Uid owner, Context& context) {
    if (number.mark == 0) return number.id;
    if (number.mark == '_') {
        const auto task = context.slurm.array_task(owner, number.id, number.part);
        if (!task.ok()) return task.error();
        if (!task.value()) throw HttpError(404, "");
        return *task.value();
    }
    const auto components = context.slurm.het_components(owner, number.id);
    if (!components.ok()) return components.error();
    for (const slurm::Job& job : components.value()) {
        if (job.het_offset == number.part) return job.id;
    }
    throw HttpError(404, "");
}

/// GET /secure/jobstats/: the viewer's own page, or with ?job=N the page of that job.
Response index(const Visit& visit, Context& context) {
    const auto wanted = visit.request.parameter("job");
    if (!wanted) return redirect(302, user_link(context.site, visit.viewer.login.value));
    const WrittenNumber number = parse_number(*wanted);
    const auto owner = owner_of(number.id, visit.viewer, context);
    if (!owner.ok()) return source_missing_page(visit, context, owner.error());
    const auto id = resolve(number, owner.value().uid, context);
    if (!id.ok()) return source_missing_page(visit, context, id.error());
    return redirect(302, job_link(context.site, owner.value().login.value, id.value()));
}

Routes routes() {
    return {
        {Method::Get, "/secure/jobstats/", Access::SignedIn, &index},
        {Method::Get, "/secure/jobstats/{username}/", Access::SelfOrStaff, &user_page},
        {Method::Get, "/secure/jobstats/{username}/graph/{graph}.json", Access::SelfOrStaff,
         &user_graph},
        {Method::Get, "/secure/jobstats/{username}/{job_id}/", Access::SelfOrStaff, &job_page},
        {Method::Get, "/secure/jobstats/{username}/{job_id}/script", Access::SelfOrStaff,
         &job_script},
        {Method::Get, "/secure/jobstats/{username}/{job_id}/graph/{graph}.json",
         Access::SelfOrStaff, &job_graph},
        {Method::Get, "/secure/jobstats/{username}/{job_id}/value/cost.json", Access::SelfOrStaff,
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
        .sections = {{"cost", config::Naming::Plain, &read_cost}},
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
    };
}

}  // namespace portal::jobstats
