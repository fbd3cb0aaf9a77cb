#pragma once

#include <string>

#include "fcgi/http/response.h"
#include "views/pages/accountstats/accountstats_account.h"
#include "views/pages/accountstats/accountstats_index.h"
#include "views/pages/cloudstats/cloudstats_instance.h"
#include "views/pages/cloudstats/cloudstats_list.h"
#include "views/pages/cloudstats/cloudstats_project.h"
#include "views/pages/error/error_page.h"
#include "views/pages/home/pages_home.h"
#include "views/pages/jobstats/jobstats_job.h"
#include "views/pages/jobstats/jobstats_user.h"
#include "views/pages/quotas/quotas_user.h"
#include "views/pages/top/top_compute.h"
#include "views/pages/top/top_index.h"
#include "views/pages/top/top_large_jobs.h"
#include "views/pages/top/top_lustre.h"
#include "views/pages/usersummary/summary_user.h"

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
