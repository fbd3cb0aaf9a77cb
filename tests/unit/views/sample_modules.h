#pragma once

#include "tests/unit/views/sample_pages.h"
#include "views/pages/cloudstats/instance_page.h"
#include "views/pages/cloudstats/project_list.h"
#include "views/pages/cloudstats/project_page.h"
#include "views/pages/top/compute_page.h"
#include "views/pages/top/large_jobs_page.h"
#include "views/pages/top/lustre_page.h"
#include "views/pages/top/top_page.h"

/// Filled pages of Top and Cloud.
namespace samples {

inline portal::views::SortColumn column(const char* title) {
    portal::views::SortColumn column;
    column.title = portal::views::sentence(title);
    column.link = "/portal/secure/top/compute/?sort=wasted";
    return column;
}

inline portal::views::TopIndexPage top_index() {
    using portal::views::sentence;
    portal::views::TopIndexPage page;
    page.frame = frame("/portal/secure/top/");
    page.frame.staff = true;
    page.cards = {{sentence("Cores, memory and GPUs"), sentence("Running jobs"),
                   "/portal/secure/top/compute/", "jobs"}};
    return page;
}

inline portal::views::TopComputePage top_compute() {
    using portal::views::Grade;
    portal::views::TopComputePage page;
    page.frame = frame("/portal/secure/top/compute/");
    page.base = "/portal/secure/top/compute/";
    page.wanted = "al";
    page.kept = {{"sort", "used"}};
    const portal::views::TopUser alice{"alice", "/portal/secure/jobstats/alice/"};
    page.cores.columns = {column("User"), column("Wasted cores")};
    page.cores.rows = {{alice,
                        400.0,
                        10.0,
                        390.0,
                        {0.025, Grade::Poor},
                        100 * kGib,
                        60 * kGib,
                        {0.6, Grade::Good}},
                       {{"", ""}, 4.0, {}, {}, {}, {}, {}, {}}};
    page.cores.more = portal::views::plural_sentence("{0} more user is not shown.",
                                                     "{0} more users are not shown.", 7);
    page.gpus.columns = page.cores.columns;
    page.gpus.rows = {{alice, 8.0, 0.0, 8.0, 0.0, Grade::Poor, Grade::Poor}};
    return page;
}

inline portal::views::LargeJobsPage large_jobs() {
    using portal::views::Grade;
    portal::views::LargeJobsPage page;
    page.frame = frame("/portal/secure/top/largemem/");
    page.partition = "large";
    page.after = 1h;
    page.jobs.columns = {column("User"), column("Job")};
    page.jobs.rows = {{"alice",
                       "/portal/secure/jobstats/alice/",
                       "4711",
                       "/portal/secure/jobstats/alice/4711/",
                       "cpularge_b1",
                       kNow - 9h,
                       kNow - 8h,
                       32,
                       31.0,
                       {0.97, Grade::Good},
                       2048 * kGib,
                       3 * kGib,
                       {0.001, Grade::Poor}},
                      {"4242",
                       "",
                       "4712",
                       "",
                       "cpularge_b1",
                       kNow - 9h,
                       kNow - 8h,
                       8,
                       {},
                       {},
                       512 * kGib,
                       {},
                       {}}};
    return page;
}

inline portal::views::TopLustrePage top_lustre() {
    portal::views::TopLustrePage page;
    page.frame = frame("/portal/secure/top/lustre/");
    page.most_users = 5;
    page.ranges = {{6h, "/portal/secure/top/lustre/", true}};
    page.file_systems = {{"lustre03",
                          {{"lustre_mdt", "/portal/x.json", "lustre03"},
                           {"lustre_ost_read", "/portal/y.json", "lustre03"}}}};
    return page;
}

inline portal::views::InstanceRow instance(const std::string& name) {
    portal::views::InstanceRow row;
    row.name = name;
    row.flavor = "p4-8gb";
    row.uuid = "11111111-2222-3333-4444-555555555555";
    row.link = "/portal/secure/cloudstats/project/lab/" + row.uuid + "/";
    row.vcpus = {4.0, 1.0, {0.25, portal::views::Grade::Unknown}};
    row.memory = {8 * kGib, portal::NoData{}, {}};
    return row;
}

inline portal::views::CloudListPage cloud_list() {
    portal::views::CloudListPage page;
    page.frame = frame("/portal/secure/cloudstats/");
    page.projects = {{"lab", "/portal/secure/cloudstats/project/lab/", 2.0, 3.0, 8.0, 16 * kGib},
                     {"a/b", "", {}, {}, {}, {}}};
    return page;
}

inline portal::views::CloudProjectPage cloud_project() {
    portal::views::CloudProjectPage page;
    page.frame = frame("/portal/secure/cloudstats/project/lab/");
    page.project = "lab";
    page.instances = {instance("web"), instance("old")};
    page.instances[1].state = portal::views::InstanceState::Stopped;
    page.instances[1].stopped = kNow - 50h;
    page.charts = {{"cpu", "/portal/secure/cloudstats/project/lab/graph/cpu.json"}};
    return page;
}

inline portal::views::CloudInstancePage cloud_instance() {
    portal::views::CloudInstancePage page;
    page.frame = frame("/portal/secure/cloudstats/project/lab/uuid/");
    page.project = "lab";
    page.instance = instance("web");
    page.charts = {{"memory", "/portal/graph/memory.json"}};
    return page;
}

}  // namespace samples
