#include "handlers/cloudstats/cloudstats.h"

#include "handlers/cloudstats/graphs.h"
#include "handlers/cloudstats/instance_pages.h"
#include "handlers/cloudstats/project_list.h"

namespace portal::cloudstats {

Routes routes() {
    return {
        {Method::Get, "/secure/cloudstats/", Access::SignedIn, &project_list},
        {Method::Get, "/secure/cloudstats/project/{project}/", Access::ProjectMember,
         &project_page},
        {Method::Get, "/secure/cloudstats/project/{project}/{uuid}/", Access::ProjectMember,
         &instance_page},
        {Method::Get, "/secure/cloudstats/project/{project}/graph/{graph}.json",
         Access::ProjectMember, &project_graph},
        {Method::Get, "/secure/cloudstats/project/{project}/{uuid}/graph/{graph}.json",
         Access::ProjectMember, &instance_graph},
    };
}

}  // namespace portal::cloudstats
