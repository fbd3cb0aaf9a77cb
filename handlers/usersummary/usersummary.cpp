#include "handlers/usersummary/usersummary.h"

#include "handlers/page/pages.h"
#include "handlers/usersummary/quota_graphs.h"
#include "handlers/usersummary/summary_page.h"

namespace portal::usersummary {
namespace {

/// GET /secure/usersummary/: the viewer's own page.
Response index(const Visit& visit, Context& context) {
    return redirect(302, module_link(context.site, "usersummary", visit.viewer.login.value));
}

}  // namespace

Routes routes() {
    return {
        {Method::Get, "/secure/usersummary/", Access::SignedIn, &index},
        {Method::Get, "/secure/usersummary/{username}/", Access::SelfOrStaff, &summary_page},
        {Method::Get, "/secure/usersummary/{username}/graph/{graph}.json", Access::SelfOrStaff,
         &summary_graph},
    };
}

}  // namespace portal::usersummary
