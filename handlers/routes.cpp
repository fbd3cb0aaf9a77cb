#include "handlers/routes.h"

#include <string_view>

#include "handlers/accountstats/accountstats.h"
#include "handlers/cloudstats/cloudstats.h"
#include "handlers/home/home_routes.h"
#include "handlers/jobscripts/jobscripts.h"
#include "handlers/jobstats/jobstats.h"
#include "handlers/operation/operation.h"
#include "handlers/page/pages.h"
#include "handlers/quotas/quotas.h"
#include "handlers/top/top.h"
#include "handlers/usersummary/usersummary.h"

namespace portal {
namespace {

struct Module {
    std::string_view name;
    Routes (*routes)();
};

constexpr Module kModules[] = {
    {"usersummary", &usersummary::routes},   {"jobstats", &jobstats::routes},
    {"accountstats", &accountstats::routes}, {"quotas", &quotas::routes},
    {"cloudstats", &cloudstats::routes},     {"top", &top::routes},
};

}  // namespace

Routes all_routes(const Site& site) {
    Routes all = pages::routes();
    const Routes watching = operation::routes();
    all.insert(all.end(), watching.begin(), watching.end());
    if (site.scripts.enabled) {
        const Routes api = jobscripts::routes();
        all.insert(all.end(), api.begin(), api.end());
    }
    for (const Module& module : kModules) {
        if (!has_module(site, module.name)) continue;
        const Routes routes = module.routes();
        all.insert(all.end(), routes.begin(), routes.end());
    }
    return all;
}

}  // namespace portal
