#pragma once

#include <variant>

#include "views/pages/accountstats/account_list.h"
#include "views/pages/accountstats/account_page.h"
#include "views/pages/accountstats/account_waste.h"
#include "views/pages/cloudstats/instance_page.h"
#include "views/pages/cloudstats/project_list.h"
#include "views/pages/cloudstats/project_page.h"
#include "views/pages/error/error_page.h"
#include "views/pages/home/home_page.h"
#include "views/pages/jobstats/advice/runs_page.h"
#include "views/pages/jobstats/array/array_page.h"
#include "views/pages/jobstats/job_page.h"
#include "views/pages/jobstats/user_page.h"
#include "views/pages/jobstats/waste/waste_page.h"
#include "views/pages/quotas/quotas_page.h"
#include "views/pages/top/compute_page.h"
#include "views/pages/top/days_page.h"
#include "views/pages/top/growth_page.h"
#include "views/pages/top/large_jobs_page.h"
#include "views/pages/top/lustre_page.h"
#include "views/pages/top/top_page.h"
#include "views/pages/usersummary/summary_page.h"

/// views/pages: a folder for each module, and in it for each page a struct, its function `fill` and
/// its template, named alike. A page may include views/base and views/parts, and no other page.
/// This is the list of them all: a new page is a folder and a line here. More than twenty files in
/// jobstats: each page has three, and the parts that it shares with no other.
namespace portal::views {

using AnyPage =
    std::variant<HomePage, UserPage, JobPage, ArrayPage, WastePage, RunsPage, AccountIndexPage,
                 AccountPage, AccountWastePage, TopDaysPage, CloudListPage, CloudProjectPage,
                 CloudInstancePage, QuotasPage, SummaryPage, TopIndexPage, TopComputePage,
                 LargeJobsPage, TopLustrePage, GrowthPage, ErrorPage>;

}  // namespace portal::views
