#pragma once

#include <string>

#include "fcgi/http/response.h"
#include "views/pages/accountstats/account_list.h"
#include "views/pages/accountstats/account_page.h"
#include "views/pages/cloudstats/instance_page.h"
#include "views/pages/cloudstats/project_list.h"
#include "views/pages/cloudstats/project_page.h"
#include "views/pages/error/error_page.h"
#include "views/pages/home/home_page.h"
#include "views/pages/jobstats/job_page.h"
#include "views/pages/jobstats/user_page.h"
#include "views/pages/quotas/quotas_page.h"
#include "views/pages/top/compute_page.h"
#include "views/pages/top/large_jobs_page.h"
#include "views/pages/top/lustre_page.h"
#include "views/pages/top/top_page.h"
#include "views/pages/usersummary/summary_page.h"

namespace portal::views {

/// Turns page structs into responses. Implemented by Renderer; tests keep the struct instead.
class Views {
 public:
    virtual ~Views() = default;

    /// A whole page with its status (200), Content-Language and body.
    virtual Response render(const UserPage& page) = 0;
    virtual Response render(const JobPage& page) = 0;
    virtual Response render(const HomePage& page) = 0;
    virtual Response render(const TopIndexPage& page) = 0;
    virtual Response render(const TopComputePage& page) = 0;
    virtual Response render(const LargeJobsPage& page) = 0;
    virtual Response render(const TopLustrePage& page) = 0;
    virtual Response render(const CloudListPage& page) = 0;
    virtual Response render(const CloudProjectPage& page) = 0;
    virtual Response render(const CloudInstancePage& page) = 0;
    virtual Response render(const AccountIndexPage& page) = 0;
    virtual Response render(const AccountPage& page) = 0;
    virtual Response render(const QuotasPage& page) = 0;
    virtual Response render(const SummaryPage& page) = 0;
    /// The page of an error, with its status.
    virtual Response render(const ErrorPage& page) = 0;
};

}  // namespace portal::views
