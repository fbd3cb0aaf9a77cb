#include "handlers/routes.h"

#include <algorithm>
#include <string_view>

#include "handlers/accountstats/accountstats.h"
#include "handlers/cloudstats/cloudstats.h"
#include "handlers/jobstats/jobstats.h"
#include "handlers/pages/pages.h"
#include "handlers/top/top.h"

namespace portal {
namespace {

struct Module {
    std::string_view name;
    Routes (*routes)();
};

constexpr Module kModules[] = {
    {"jobstats", &jobstats::routes},
    {"cloudstats", &cloudstats::routes},
    {"top", &top::routes},
    {"accountstats", &accountstats::routes},
};

}  // namespace

Routes all_routes(const Site& site) {
    Routes all = pages::routes();
    for (const Module& module : kModules) {
        const auto& enabled = site.modules;
        if (std::find(enabled.begin(), enabled.end(), module.name) == enabled.end()) continue;
        const Routes routes = module.routes();
        all.insert(all.end(), routes.begin(), routes.end());
    }
    return all;
}

}  // namespace portal
