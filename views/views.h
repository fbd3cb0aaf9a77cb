#pragma once

#include <string>

#include "fcgi/base/response.h"
#include "views/accountstats_account.h"
#include "views/accountstats_index.h"
#include "views/cloudstats_instance.h"
#include "views/cloudstats_list.h"
#include "views/cloudstats_project.h"
#include "views/error_page.h"
#include "views/jobstats_job.h"
#include "views/jobstats_user.h"
#include "views/pages_home.h"
#include "views/quotas_user.h"
#include "views/summary_user.h"
#include "views/top_compute.h"
#include "views/top_index.h"
#include "views/top_large_jobs.h"
#include "views/top_lustre.h"

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
