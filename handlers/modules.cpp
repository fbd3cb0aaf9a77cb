#include "handlers/modules.h"

#include <algorithm>

#include "handlers/accountstats/accountstats.h"
#include "handlers/cloudstats/cloudstats.h"
#include "handlers/home/home_routes.h"
#include "handlers/jobscripts/jobscripts.h"
#include "handlers/jobstats/jobstats.h"
#include "handlers/operation/operation.h"
#include "handlers/quotas/quotas.h"
#include "handlers/top/top.h"
#include "handlers/usersummary/usersummary.h"

namespace portal {

const std::vector<Module>& all_modules() {
    static const std::vector<Module> kModules = {
        pages::module(),       operation::module(),  jobscripts::module(),
        usersummary::module(), jobstats::module(),   accountstats::module(),
        quotas::module(),      cloudstats::module(), top::module(),
    };
    return kModules;
}

bool has_module(const Site& site, std::string_view module) {
    return std::find(site.modules.begin(), site.modules.end(), module) != site.modules.end();
}

background::Tasks all_tasks(Context& context, CurrentRequest& request) {
    background::Tasks all;
    for (const Module& module : all_modules()) {
        if (module.tasks == nullptr || !has_module(context.site, module.name)) continue;
        for (auto& task : module.tasks(context, request)) all.push_back(std::move(task));
    }
    return all;
}

std::vector<std::string> module_names() {
    std::vector<std::string> names;
    for (const Module& module : all_modules()) {
        if (!module.name.empty()) names.emplace_back(module.name);
    }
    return names;
}

std::vector<std::string> module_names(const config::Value& value) {
    const std::vector<std::string> known = module_names();
    auto names = value.list();
    for (const std::string& name : names) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::string list;
        for (const std::string& one : known) list.append(" ").append(one);
        value.fail("names of modules:" + list);
    }
    return names;
}

Routes all_routes(const Site& site) {
    Routes all;
    for (const Module& module : all_modules()) {
        if (!module.name.empty() && !has_module(site, module.name)) continue;
        if (module.is_on != nullptr && !module.is_on(site)) continue;
        all.insert(all.end(), module.routes.begin(), module.routes.end());
    }
    return all;
}

}  // namespace portal
