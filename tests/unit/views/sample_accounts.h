#pragma once

#include "tests/unit/views/sample_pages.h"
#include "views/pages/accountstats/account_list.h"
#include "views/pages/accountstats/account_page.h"

/// Filled pages of Accountstats as a handler makes them, for the tests of the views.
namespace samples {

inline constexpr double kTib = 1024 * kGib;

inline portal::views::HeldUse held(double allocated, double used) {
    return {allocated, used, allocated - used, share(used / allocated)};
}

inline portal::views::MemberTable member_table() {
    using Measure = portal::views::MemberTable::Measure;
    portal::views::MemberTable table;
    table.measures = {Measure::Gpus, Measure::Cores, Measure::Memory};
    table.columns = {{portal::views::sentence("User"), {}, "/portal/?sort=user"}};
    for (int i = 0; i < 12; ++i) {
        table.columns.push_back({portal::views::sentence("Wasted"), {}, "/portal/?sort=x"});
    }
    table.rows = {{"alice",
                   "/portal/secure/jobstats/alice/?account=rrg-lab_gpu",
                   false,
                   {held(800, 200), held(1234, 1000), held(400 * kTib, 1.5 * kTib)}},
                  {"bob", {}, true, {{}, held(10, 1), {kTib, {}, {}, {}}}},
                  {{}, {}, false, {{}, held(10, 1), {}}}};
    table.total = {held(800, 200), held(1254, 1002), held(401 * kTib, 1.5 * kTib)};
    return table;
}

inline portal::views::AccountPage account_page() {
    portal::views::AccountPage page;
    page.account = "rrg-lab_gpu";
    page.base = "/portal/secure/accountstats/rrg-lab_gpu/";
    page.frame = frame(page.base);
    page.frame.crumbs = {
        {portal::views::sentence("My accounts"), "/portal/secure/accountstats/"},
        {portal::views::sentence("Account {0}", {portal::views::text_argument("rrg-lab_gpu")}),
         {}}};
    page.granted = portal::views::sentence(
        "The resource allocation competition gave this account no GPUs of its own.");
    page.priority = 0.43;
    page.members = member_table();
    page.idle = {"carol", "dave"};
    const std::string graphs = page.base + "graph/";
    page.priority_charts = {{"gpu_allocation", graphs + "gpu_priority.json"},
                            {"gpu_priority", graphs + "gpu_priority.json"}};
    page.sections = {{"cpu",
                      {{"cpu_allocated", graphs + "cpu.json"},
                       {"cpu_used", graphs + "cpu.json"},
                       {"cpu_wasted", graphs + "cpu.json"}}}};
    page.ranges = {{std::chrono::days{14}, page.base, true}};
    return page;
}

inline portal::views::AccountIndexPage account_index() {
    using Kind = portal::views::AccountSection::Kind;
    const std::string path = "/portal/secure/accountstats/";
    portal::views::AccountIndexPage page;
    page.frame = frame(path);
    page.path = path;
    page.has_priority = true;
    page.sections = {{Kind::Competition,
                      {{"rrg-lab_cpu", path + "rrg-lab_cpu/", false, 400.0, 64.0, 12.5, 1.25}}},
                     {Kind::Default,
                      {{"def-smith_cpu", path + "def-smith_cpu/", false, {}, {}, {}, {}},
                       {"def-smith_gpu", path + "def-smith_gpu/", true, {}, 4.0, {}, 0.5}}}};
    return page;
}

}  // namespace samples
