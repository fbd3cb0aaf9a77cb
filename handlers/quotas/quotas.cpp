#include "handlers/quotas/quotas.h"

#include "handlers/page/links.h"
#include "handlers/quotas/copy_task.h"
#include "handlers/quotas/quotas_page.h"
#include "views/base/messages.h"

namespace portal::quotas {
namespace {

Routes routes() {
    return {
        {Method::Get, "/secure/quotas/", Access::SignedIn, &own_page},
        {Method::Get, "/secure/quotas/{username}/", Access::SelfOrStaff, &quotas_page},
    };
}

}  // namespace

Module module() {
    return {
        .name = "quotas",
        .word = views::mark("Quotas"),
        .icon = "quota",
        .routes = routes(),
        .needs = "robinhood",
        .shows = {{"projects of Robinhood", [](const Site& s) { return !s.robinhood.empty(); }}},
        .shared = {"/secure/quotas/{username}/"},
        .tasks = &copy_tasks,
    };
}

}  // namespace portal::quotas
