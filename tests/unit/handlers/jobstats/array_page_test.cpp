#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <random>
#include <set>

#include "handlers/jobstats/array/array_figures.h"
#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;

const SourceError kSlurmAway{SourceId::Slurm, Fault::Unreachable, "2002"};

/// Array 4000 of alice's: tasks 1 to 6 completed, 7 failed, 8 requeued and then completed, 9 failed
/// and runs again, 10 cancelled, 11 out of memory, 12 runs; 13 to 20 wait.
struct ArrayFixture : fakes::PortalFixture {
    ArrayFixture() {
        for (std::uint32_t index = 1; index <= 6; ++index) add(index, JobState::Completed);
        add(7, JobState::Failed);
        add(8, JobState::Requeued);
        again(8, JobState::Completed);
        add(9, JobState::Failed);
        again(9, JobState::Running);
        add(10, JobState::Cancelled);
        add(11, JobState::OutOfMemory);
        add(12, JobState::Running);
        slurm::Job rest = task(0, JobState::Pending);
        rest.id = {4000};
        rest.array_task.reset();
        rest.array_rest = "13-20%4";
        rest.array_pending = 8;
        rest.pending_reason = slurm::WaitReason::ArrayTaskLimit;
        slurm.jobs.insert(slurm.jobs.begin(), rest);
    }

    [[nodiscard]] slurm::Job task(std::uint32_t index, JobState state) const {
        slurm::Job job = finished_job(3000 + index);
        job.state = state;
        job.state_number = static_cast<std::uint32_t>(state);
        job.array = JobId{4000};
        job.array_task = index;
        if (state == JobState::Running) job.ended.reset();
        if (state == JobState::Pending) {
            job.started.reset();
            job.ended.reset();
        }
        return job;
    }
    void add(std::uint32_t index, JobState state) { slurm.jobs.push_back(task(index, state)); }
    /// Another attempt, which is newer.
    void again(std::uint32_t index, JobState state) {
        slurm::Job job = task(index, state);
        job.db_index += 100'000;
        job.submitted += Seconds{3000};
        const auto first =
            std::find_if(slurm.jobs.begin(), slurm.jobs.end(),
                         [&](const slurm::Job& one) { return one.array_task == index; });
        slurm.jobs.insert(first, job);
    }

    const views::ArrayPage& page(const std::string& query = "") {
        const Response response = get("/secure/jobstats/alice/array/4000/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::ArrayPage>();
    }
    std::uint64_t count(JobState state) {
        for (const views::ArrayState& one : page().states) {
            if (one.state == state) return one.tasks;
        }
        return 0;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(array_page, ArrayFixture)

BOOST_AUTO_TEST_CASE(each_task_counts_once_by_its_newest_attempt) {
    BOOST_TEST(count(JobState::Completed) == 7U);
    BOOST_TEST(count(JobState::Failed) == 1U);
    BOOST_TEST(count(JobState::Running) == 2U);
    BOOST_TEST(count(JobState::Requeued) == 0U);
    BOOST_TEST(count(JobState::Pending) == 8U);
    BOOST_TEST(page().pace.all == 20U);
    BOOST_TEST(page().pace.over == 10U);
}

BOOST_AUTO_TEST_CASE(what_failed_and_goes_on_again_is_not_run_again) {
    BOOST_TEST(page().failed.list == "7,11");
    BOOST_TEST(page().failed.tasks == 2U);
    BOOST_TEST(!page().failed.cut);
    BOOST_TEST(page().failed_or_cancelled.list == "7,10,11");
}

BOOST_AUTO_TEST_CASE(the_text_twin_has_each_task_once) {
    std::map<JobState, std::string> said;
    for (const views::TaskIndices& one : page().tasks) said[one.state] = one.indices;

    BOOST_TEST(said[JobState::Completed] == "1-6,8");
    BOOST_TEST(said[JobState::Running] == "9,12");
    BOOST_TEST(said[JobState::Pending] == "13-20");
    BOOST_TEST(!page().tasks_cut);
}

BOOST_AUTO_TEST_CASE(a_rest_that_was_cancelled_is_cancelled) {
    slurm.jobs[0].state = JobState::Cancelled;
    slurm.jobs[0].state_number = 4;

    BOOST_TEST(count(JobState::Cancelled) == 9U);
    BOOST_TEST(page().failed.list == "7,11");
    BOOST_TEST(page().failed_or_cancelled.list == "7,10,11,13-20");
    BOOST_TEST(page().wait_link.empty());
}

BOOST_AUTO_TEST_CASE(a_rest_that_cannot_be_read_still_counts) {
    slurm.jobs[0].array_rest = "?";

    BOOST_TEST(count(JobState::Pending) == 8U);
}

BOOST_AUTO_TEST_CASE(the_pace_tells_when_the_last_task_ends) {
    // Ten tasks ended, of which the cancelled one does not count, in three hours since the start.
    const views::ArrayPace& pace = page().pace;

    BOOST_TEST_REQUIRE(pace.per_hour.has_value());
    BOOST_TEST(*pace.per_hour == 3.0);
    BOOST_TEST((pace.expected_end == clock.time + Seconds{10 * 1200}));
}

BOOST_AUTO_TEST_CASE(an_array_that_is_over_has_no_pace) {
    std::erase_if(slurm.jobs, [](const slurm::Job& job) {
        return job.state == JobState::Running || job.state == JobState::Pending;
    });

    BOOST_TEST(!page().pace.per_hour.has_value());
    BOOST_TEST(!page().pace.expected_end.has_value());
    BOOST_TEST(page().frame.live_seconds == 0U);
}

BOOST_AUTO_TEST_CASE(missing_steps_are_no_data_and_not_zero) {
    BOOST_TEST_REQUIRE(page().spreads.size() == 3U);
    BOOST_TEST(page().spreads[0].values->median == 7200.0);
    BOOST_TEST(page().spreads[0].requested.value() == 4 * 3600.0);
    BOOST_TEST(!page().spreads[1].values.has_value());
    BOOST_TEST(!page().spreads[2].values.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_kept_of_tasks_counts_before_their_steps) {
    site.scripts.enabled = true;
    for (slurm::Job& job : slurm.jobs) {
        if (!job.ended || !job.started) continue;
        slurm.steps[job.db_index] = {Seconds{7200 * 3}, Bytes{std::uint64_t{1} << 30U}};
        database::Summary kept = kept_of(job);
        kept.cores_used = 2;
        kept.memory_peak = 2e9;
        kept.gpus = 4;
        kept.gpu_used = 0.25;
        portal_db.kept.rows[job.db_index] = kept;
    }

    const auto& spreads = page().spreads;
    BOOST_TEST_REQUIRE(spreads.size() == 4U);
    BOOST_TEST(spreads[1].values->median == 2.0);
    BOOST_TEST(spreads[2].values->median == 2e9);
    BOOST_TEST(spreads[3].values->median == 1.0);

    auto& one = portal_db.kept.rows.begin()->second;
    one.flags |= database::Summary::MemoryFromSteps;
    BOOST_TEST(page().spreads[2].values->median == 0x1p30, "of two kinds of number those of steps");
    one.flags = 0;

    slurm.steps.clear();
    BOOST_TEST(page().spreads[1].values->median == 2.0);
    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(page().spreads.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_task_that_differs_is_named) {
    for (const slurm::Job& job : slurm.jobs) {
        slurm.steps[job.db_index] = {Seconds{7200 * 3}, Bytes{std::uint64_t{1} << 30U}};
    }
    slurm.steps[4005].peak_memory = Bytes{std::uint64_t{9} << 30U};

    BOOST_TEST(page().spreads[1].values->median == 3.0);
    BOOST_TEST(page().spreads[1].requested.value() == 4.0);
    BOOST_TEST_REQUIRE(page().outliers.size() == 1U);
    BOOST_TEST(page().outliers[0].number == "4000_5");
    BOOST_TEST(page().outliers[0].link == "/secure/jobstats/alice/3005/");
}

BOOST_AUTO_TEST_CASE(the_table_is_sorted_narrowed_and_paged_by_the_address) {
    page("sort=-time&state=5&page=3");

    BOOST_TEST((slurm.task_page.by == slurm::TaskPage::By::RunTime));
    BOOST_TEST(!slurm.task_page.descending);
    BOOST_TEST(slurm.task_page.state.value() == 5U);
    BOOST_TEST(slurm.task_page.offset == 200U);
    BOOST_TEST(page("page=2").rows.empty());
    BOOST_TEST(page().rows.size() == 12U);
    BOOST_TEST(page().rows.front().number == "4000_1");
    BOOST_TEST(page("state=5").rows.size() == 1U);
    BOOST_TEST(page("state=5").all_link == "/secure/jobstats/alice/array/4000/");
    for (const char* query : {"sort=x", "page=x", "page=4294967296", "state=-1", "task=1e3"}) {
        BOOST_TEST(get("/secure/jobstats/alice/array/4000/", query).status == 400, query);
    }
}

BOOST_AUTO_TEST_CASE(an_array_is_its_owners_and_there_is_no_other) {
    BOOST_TEST(get("/secure/jobstats/alice/array/4001/").status == 404);
    BOOST_TEST(get("/secure/jobstats/alice/array/3001/").status == 404);
    BOOST_TEST(get("/secure/jobstats/bob/array/4000/").status == 404);
    sign_in("boss", true);
    BOOST_TEST(get("/secure/jobstats/alice/array/4000/").status == 200);
    BOOST_TEST(get("/secure/jobstats/bob/array/4000/").status == 404);
    BOOST_TEST_REQUIRE(!audit.kept.empty());
    BOOST_TEST(audit.kept.front().page == "/secure/jobstats/alice/array/4000/");
}

BOOST_AUTO_TEST_CASE(slurm_away_is_a_503) {
    slurm.away = kSlurmAway;

    BOOST_TEST(get("/secure/jobstats/alice/array/4000/").status == 503);
}

BOOST_AUTO_TEST_CASE(the_number_of_a_task_opens_it_or_its_array) {
    const auto leads_to = [&](const std::string& path, const std::string& query = "") {
        return fakes::header(get(path, query), "Location");
    };
    const std::string waiting = "/secure/jobstats/alice/array/4000/?task=13";

    BOOST_TEST(leads_to("/secure/jobstats/alice/4000_7/") == "/secure/jobstats/alice/3007/");
    BOOST_TEST(leads_to("/secure/jobstats/alice/4000_13/") == waiting);
    BOOST_TEST(leads_to("/secure/jobstats/", "job=4000_13") == waiting);
    BOOST_TEST(leads_to("/secure/jobstats/", "job=4000") == "/secure/jobstats/alice/array/4000/");
    BOOST_TEST(get("/secure/jobstats/alice/4000_7/graph/cpu.json").status == 200);
    for (const char* number : {"4000_21", "4001_7", "4000_", "4000_07", "_7", "4000_7_7"}) {
        const std::string path = std::string("/secure/jobstats/alice/") + number + "/";
        BOOST_TEST(get(path).status == 404, path);
    }
    BOOST_TEST(page("task=13").marked.value() == 13U);
    BOOST_TEST(page("task=13").notices.size() == 1U);
    BOOST_TEST(page("task=7").notices.empty());
}

BOOST_AUTO_TEST_CASE(the_page_of_a_task_leads_to_its_array_and_lists_the_others) {
    get("/secure/jobstats/alice/3007/");
    const views::JobPage& job = *views.last<views::JobPage>();

    BOOST_TEST(job.array_link == "/secure/jobstats/alice/array/4000/");
    for (const views::JobRow& other : job.siblings) {
        BOOST_TEST(other.number != "4000_7");
        BOOST_TEST(other.number != "4000");
    }
    BOOST_TEST(!job.siblings.empty());
}

BOOST_AUTO_TEST_CASE(an_array_whose_number_came_again_is_an_array_of_its_own) {
    const Instant began = slurm.jobs.front().submitted;
    const Instant again = began + Seconds{1000};
    for (slurm::Job& job : slurm.jobs) {
        job.array_began = began;
        job.array_next = again;
    }
    for (std::uint32_t index = 7; index <= 9; ++index) {
        slurm::Job job = task(index, JobState::Completed);
        job.id.value += 2000;
        job.db_index += 200'000;
        job.submitted = again;
        job.array_began = again;
        slurm.jobs.insert(slurm.jobs.begin(), job);
    }
    const std::string of_before = "attempt=4007";

    BOOST_TEST(page().pace.all == 3U);
    BOOST_TEST(page().task_query.empty());
    BOOST_TEST(page(of_before).pace.all == 20U);
    BOOST_TEST(page(of_before).failed.list == "7,11");
    const std::string before = "before=" + std::to_string(unix_seconds(again));
    BOOST_TEST(page(of_before).task_query == "?" + before);
    BOOST_TEST(page(of_before).orders[1].link.find(of_before) != std::string::npos);
    BOOST_TEST(get("/secure/jobstats/alice/array/4000/", "attempt=1").status == 404);
    BOOST_TEST(get("/secure/jobstats/alice/array/4001/", of_before).status == 404);
    BOOST_TEST(get("/secure/jobstats/alice/array/4000/", "attempt=x").status == 404);

    const auto leads_to = [&](const std::string& path, const std::string& query) {
        return fakes::header(get(path, query), "Location");
    };
    BOOST_TEST(leads_to("/secure/jobstats/alice/4000_7/", "") == "/secure/jobstats/alice/5007/");
    BOOST_TEST(leads_to("/secure/jobstats/alice/4000_7/", before) ==
               "/secure/jobstats/alice/3007/");
    BOOST_TEST(get("/secure/jobstats/alice/4000_7/", "before=x").status == 404);

    get("/secure/jobstats/alice/3007/");
    const views::JobPage& job = *views.last<views::JobPage>();
    BOOST_TEST(job.array_link == "/secure/jobstats/alice/array/4000/?" + of_before);
    get("/secure/jobstats/alice/");
    std::size_t groups = 0;
    for (const views::JobGroup& group : views.last<views::UserPage>()->jobs) {
        groups += group.array_number == "4000" ? 1 : 0;
    }
    BOOST_TEST(groups == 2U);
}

/// Whatever happened to the tasks: the string names exactly those whose newest attempt ended badly.
BOOST_AUTO_TEST_CASE(the_retry_string_equals_the_failed_set) {
    std::mt19937 random(20'260'131);
    const std::vector<JobState> states = {
        JobState::Completed, JobState::Failed,   JobState::Timeout, JobState::OutOfMemory,
        JobState::NodeFail,  JobState::Running,  JobState::Pending, JobState::Cancelled,
        JobState::Preempted, JobState::Requeued, JobState::EndLost, JobState::Suspended,
        JobState::Deadline,  JobState::BootFail};
    for (int round = 0; round < 300; ++round) {
        jobstats::ArrayData data;
        std::set<std::uint32_t> bad;
        const auto size = random() % 400;
        for (std::uint32_t task = 0; task < size; ++task) {
            if (random() % 4 == 0) continue;  // indices have gaps
            const JobState state = states[random() % states.size()];
            data.marks.push_back({task, task, state, 0});
            data.counts.push_back({.state = state, .tasks = 1});
            if (ended_badly(state)) bad.insert(task);
        }
        const auto retry = jobstats::retry_of(data, jobstats::Cancelled::LeftOut);

        const auto named = slurm::tasks_in(retry.list, 1000);
        BOOST_TEST((std::set<std::uint32_t>(named.begin(), named.end()) == bad));
        BOOST_TEST(named.size() == bad.size());
        BOOST_TEST(retry.tasks == bad.size());
        BOOST_TEST(!retry.cut);
    }
}

BOOST_AUTO_TEST_CASE(a_list_that_is_cut_says_so) {
    jobstats::ArrayData data;
    data.marks = {{1, 1, JobState::Failed, 5}};
    data.counts = {{.state = JobState::Failed, .state_number = 5, .tasks = 3}};

    BOOST_TEST(jobstats::retry_of(data, jobstats::Cancelled::LeftOut).cut);
}

BOOST_AUTO_TEST_CASE(quartiles_lie_between_the_values) {
    const auto found = jobstats::values_of({4, 1, 3, 2}, 10.0);

    BOOST_TEST(found->first_quartile == 1.75);
    BOOST_TEST(found->median == 2.5);
    BOOST_TEST(found->third_quartile == 3.25);
    BOOST_TEST(found->bins.top == 10.0);
    BOOST_TEST(found->bins.tasks[2] == 1U);
    BOOST_TEST(!jobstats::values_of({1, 2, 3}, 10.0).has_value());
    BOOST_TEST(!jobstats::values_of({0, 0, 0, 0}, std::nullopt).has_value());
}

BOOST_AUTO_TEST_CASE(indices_come_from_bitmaps_and_from_ranges) {
    using Tasks = std::vector<std::uint32_t>;

    BOOST_TEST((slurm::tasks_in("0x1FFFFFFFFC0", 100).size() == 35U));
    BOOST_TEST((slurm::tasks_in("0x3EA%2", 100) == Tasks{1, 3, 5, 6, 7, 8, 9}));
    BOOST_TEST((slurm::tasks_in("7,1-9:4,5", 100) == Tasks{1, 5, 7, 9}));
    BOOST_TEST((slurm::tasks_in("5-1,x,3-,2-9:0", 100).empty()));
    BOOST_TEST((slurm::tasks_in("0-4294967295", 3) == Tasks{0, 1, 2}));
    BOOST_TEST(slurm::index_list({3, 17, 40, 41, 42, 43, 44, 50, 51}) == "3,17,40-44,50,51");
    BOOST_TEST(slurm::index_list({}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
