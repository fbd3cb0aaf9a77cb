#include "handlers/quotas/quotas.h"

#include "handlers/page/pages.h"
#include "handlers/quotas/quotas_page.h"

namespace portal::quotas {
namespace {

/// GET /secure/quotas/: the viewer's own page.
Response index(const Visit& visit, Context& context) {
    return redirect(302, module_link(context.site, "quotas", visit.viewer.login.value));
}

}  // namespace

Routes routes() {
    return {
        {Method::Get, "/secure/quotas/", Access::SignedIn, &index},
        {Method::Get, "/secure/quotas/{username}/", Access::SelfOrStaff, &quotas_page},
    };
}

}  // namespace portal::quotas
