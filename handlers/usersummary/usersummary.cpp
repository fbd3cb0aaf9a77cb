#include "handlers/usersummary/usersummary.h"

#include "handlers/page/links.h"
#include "handlers/usersummary/quota_graphs.h"
#include "handlers/usersummary/summary_page.h"
#include "views/base/messages.h"

namespace portal::usersummary {
namespace {

Routes routes() {
    return {
        {Method::Get, "/secure/usersummary/", Access::SignedIn, &own_page},
        {Method::Get, "/secure/usersummary/{username}/", Access::SelfOrStaff, &summary_page},
        {Method::Get, "/secure/usersummary/{username}/graph/{graph}.json", Access::SelfOrStaff,
         &summary_graph},
    };
}

}  // namespace

Module module() {
    return {
        .name = "usersummary",
        .word = views::mark("Summary"),
        .icon = "performance",
        .routes = routes(),
        .sections = {{"quota", config::Naming::Named, &read_quota}},
        .shows = {{"jobs", [](const Site&) { return true; }},
                  {"current use", [](const Site& s) { return s.exporters.job.enabled; }},
                  {"quotas",
                   [](const Site& s) { return s.exporters.quota.enabled && !s.quotas.empty(); }},
                  {"who looked",
                   [](const Site& s) {
                       return s.audit.enabled && s.audit.show_viewers && s.scripts.enabled;
                   }}},
        .shared = {"/secure/usersummary/{username}/"},
    };
}

}  // namespace portal::usersummary
