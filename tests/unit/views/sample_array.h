#pragma once

#include "tests/unit/views/sample_pages.h"
#include "views/pages/jobstats/array/array_page.h"

namespace samples {

/// A large array with tasks in all states, cut lists, and one measure of each kind of answer.
inline portal::views::ArrayPage array_page() {
    using portal::views::Unit;
    portal::views::ArrayPage page;
    page.frame = frame("/portal/secure/jobstats/alice/array/4700/");
    page.frame.viewer = "boss";
    page.owner = "alice";
    page.user_link = "/portal/secure/jobstats/alice/";
    page.base = page.user_link + "array/4700/";
    page.task_base = "4700_";
    page.number = "4700";
    page.name = "<b>sweep</b>";
    page.account = "def-alice_cpu";
    page.partition = "cpubase_bycore_b1";
    page.cores = 4;
    page.memory = portal::Bytes::from_mebi(16 * 1024);
    page.time_limit = 2h;
    page.states = {{JobState::Completed, 3, 11'990, page.base + "?state=3", false},
                   {JobState::Failed, 5, 7, page.base, true},
                   {JobState::EndLost, 1, 3, {}, false}};
    page.pace = {11'997, 12'000, 41.5, kNow + 10min, {}, 2h};
    page.pace.bars = {{kNow - 6h, 100, 2}, {kNow - 4h, 0, 0}, {kNow - 2h, 80, 0}};
    page.wait_reason = portal::views::sentence("Waiting for enough free resources.");
    page.wait_link = page.user_link + "4700/";
    page.tasks = {{JobState::Completed, 3, "0-2,4-9998"},
                  {JobState::Failed, 5, "3"},
                  {JobState::OutOfMemory, 11, "9999,11000"}};
    page.tasks_shown = 10'000;
    page.tasks_cut = true;
    page.marked = 4;
    page.failed = {"3,9999,11000", 12, true};
    page.failed_or_cancelled = {"3,5,9999,11000", 13, true};
    page.spreads = {{"Run time", Unit::Seconds, 7200.0, {}, false},
                    {"Cores used", Unit::Count, 4.0, {}, false},
                    {"Memory used", Unit::Bytes, {}, {}, true}};
    page.spreads[0].values = {600, 1800, 2400, 3000, 7100, {7200, {0, 3, 9, 0, 1}}, 13};
    page.measured = 900;
    page.completed = 11'990;
    page.outliers = {{"4700_77", "/portal/x/", "Run time", Unit::Seconds, 7100, 2400}};
    page.rows = {row("4700_1", JobState::Completed), row("4700_3", JobState::Failed)};
    page.orders = {{"Task", page.base + "?sort=-task", true, false},
                   {"State", page.base + "?sort=state", false, false}};
    page.all_link = page.base;
    page.previous_link = page.base;
    page.next_link = page.base + "?page=3";
    return page;
}

}  // namespace samples
