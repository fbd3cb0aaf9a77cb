#include "handlers/cloudstats/cloudstats.h"

#include "handlers/cloudstats/graphs.h"
#include "handlers/cloudstats/instance_pages.h"
#include "handlers/cloudstats/project_list.h"
#include "handlers/cloudstats/settings.h"
#include "views/base/messages.h"

namespace portal::cloudstats {
namespace {

Routes routes() {
    return {
        {Method::Get, "/secure/cloudstats/", Access::SignedIn, &project_list},
        {Method::Get, "/secure/cloudstats/project/{project}/", Access::ProjectMember,
         &project_page},
        {Method::Get, "/secure/cloudstats/project/{project}/{uuid}/", Access::ProjectMember,
         &instance_page},
        {Method::Get, "/secure/cloudstats/project/{project}/graph/{graph}.json",
         Access::ProjectMember, &graph::answer_of<&cloud_graphs>},
        {Method::Get, "/secure/cloudstats/project/{project}/{uuid}/graph/{graph}.json",
         Access::ProjectMember, &graph::answer_of<&cloud_graphs>},
    };
}

}  // namespace

Module module() {
    return {
        .name = "cloudstats",
        .word = views::mark("Cloud"),
        .icon = "cloud",
        .routes = routes(),
        .sections = {{"cloud", config::Naming::Named, &read_cloud_members}},
        .shows = {{"virtual machines", [](const Site& s) { return s.exporters.cloud.enabled; }}},
        .shared = {"/secure/cloudstats/"},
    };
}

}  // namespace portal::cloudstats
