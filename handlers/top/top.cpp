#include "handlers/top/top.h"

#include "handlers/page/frame.h"
#include "handlers/top/compute_page.h"
#include "handlers/top/days_page.h"
#include "handlers/top/growth_page.h"
#include "handlers/top/large_jobs_page.h"
#include "handlers/top/lustre.h"
#include "handlers/top/way.h"
#include "views/base/messages.h"

namespace portal::top {
namespace {

using views::sentence;

std::vector<views::TopCard> cards(const Site& site) {
    std::vector<views::TopCard> shown;
    if (site.scripts.enabled) {
        shown.push_back({days_title(),
                         sentence("Whose jobs wasted the most over 1, 7, 30 or 90 days, and how "
                                  "they used their time limits."),
                         top_link(site) + "waste/", "time"});
    }
    if (site.exporters.job.enabled) {
        shown.push_back({compute_title(),
                         sentence("Who holds the most cores, memory and GPUs, and leaves the most "
                                  "of them idle."),
                         top_link(site) + "compute/", "jobs"});
    }
    shown.push_back({large_jobs_title(),
                     sentence("Jobs on large-memory nodes, and whether they need them."),
                     top_link(site) + "largemem/", "memory"});
    if (has_lustre(site)) {
        shown.push_back({lustre_title(),
                         sentence("Who reads, writes and opens the most on each file system."),
                         top_link(site) + "lustre/", "quota"});
    }
    if (has_growth(site)) {
        shown.push_back({growth_title(),
                         sentence("Whose storage grew the most in 30 days, in space and files."),
                         top_link(site) + "growth/", "quota"});
    }
    return shown;
}

/// GET /secure/top/
Response index(const Visit& visit, Context& context) {
    views::TopIndexPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), "");
    page.cards = cards(context.site);
    return context.views.render(page);
}

Routes routes() {
    return {
        {Method::Get, "/secure/top/", Access::Staff, &index},
        {Method::Get, "/secure/top/compute/", Access::Staff, &compute_page},
        {Method::Get, "/secure/top/waste/", Access::Staff, &days_page},
        {Method::Get, "/secure/top/waste.csv", Access::Staff, &days_file},
        {Method::Get, "/secure/top/largemem/", Access::Staff, &large_jobs_page},
        {Method::Get, "/secure/top/growth/", Access::Staff, &growth_page},
        {Method::Get, "/secure/top/growth.csv", Access::Staff, &growth_file},
        {Method::Get, "/secure/top/lustre/", Access::Staff, &lustre_page},
        {Method::Get, "/secure/top/lustre/graph/{graph}/{fs}.json", Access::Staff,
         &graph::answer_of<&lustre_graphs>},
    };
}

}  // namespace

Module module() {
    return {
        .name = "top",
        .word = views::mark("Top users"),
        .icon = "top",
        .staff = true,
        .routes = routes(),
        .sections = {{"top", config::Naming::Plain, &read_top}},
        .shows = {{"cores, memory, GPUs", [](const Site& s) { return s.exporters.job.enabled; }},
                  {"file systems", [](const Site& s) { return s.exporters.lustre.enabled; }}},
        .shared = {"/secure/top/compute/", "/secure/top/waste/", "/secure/top/largemem/",
                   "/secure/top/lustre/", "/secure/top/growth/"},
    };
}

}  // namespace portal::top
