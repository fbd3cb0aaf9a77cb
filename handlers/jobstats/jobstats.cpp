#include "handlers/jobstats/jobstats.h"

#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http_error.h"
#include "handlers/common/pages.h"
#include "handlers/jobstats/job_graphs.h"
#include "handlers/jobstats/job_page.h"
#include "handlers/jobstats/job_text.h"
#include "handlers/jobstats/user_page.h"

namespace portal::jobstats {
namespace {

/// Login of the owner of a job that the viewer may see; 404 if there is none, whoever's it is.
Result<std::string> owner_of(JobId id, Context& context) {
    const auto uid = context.slurm.owner_of(id);
    if (!uid.ok()) return uid.error();
    if (!uid.value()) throw HttpError(404, "");
    const auto person = context.directory.by_uid(*uid.value());
    if (!person.ok()) return person.error();
    const bool visible = person.value() && (context.viewer.staff ||
                                            person.value()->login == context.viewer.login);
    if (!visible) throw HttpError(404, "");
    return person.value()->login.value;
}

/// GET /secure/jobstats/: the viewer's own page, or with ?job=N the page of that job.
Response index(const Request& request, Context& context) {
    const auto wanted = request.parameter("job");
    if (!wanted) return redirect(302, user_link(context.site, context.viewer.login.value));
    const auto number =
        text::parse_unsigned(text::trim(*wanted), std::numeric_limits<std::uint32_t>::max());
    if (!number || *number == 0) {
        throw HttpError(400, views::sentence("A job's number has digits only.").id);
    }
    const JobId id{static_cast<std::uint32_t>(*number)};
    const auto owner = owner_of(id, context);
    if (!owner.ok()) return source_missing_page(request, context, owner.error());
    return redirect(302, job_link(context.site, owner.value(), id));
}

}  // namespace

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

}  // namespace portal::jobstats
