#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::part;

struct UserPageFixture : fakes::PortalFixture {
    slurm::Job job(std::uint32_t id, Seconds start_ago) const {
        slurm::Job one = finished_job(id);
        one.started = clock.time - start_ago;
        one.ended = *one.started + Seconds{60};
        return one;
    }
    slurm::Job running(std::uint32_t id) const {
        slurm::Job one = finished_job(id);
        one.state = JobState::Running;
        one.ended.reset();
        return one;
    }
    const views::UserPage& page(const std::string& query = "") {
        const Response response = get("/secure/jobstats/alice/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::UserPage>();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(user_page, UserPageFixture)

BOOST_AUTO_TEST_CASE(use_right_now_is_summed_over_the_running_jobs) {
    slurm.jobs = {running(2), running(1)};
    prometheus::SeriesSet set;
    set.series = {part("cores", {3e9}, {{"slurmjobid", "1"}}),
                  part("cores", {1e9}, {{"slurmjobid", "2"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const views::UserPage& shown = page();

    BOOST_TEST(std::get<double>(shown.now.cores.allocated) == 8);
    BOOST_TEST(std::get<double>(shown.now.cores.used) == 4);
    BOOST_TEST(std::get<double>(shown.jobs[1].rows[0].cores_share.value) == 0.75);
    BOOST_TEST(metrics.texts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_job_that_is_not_measured_neither_holds_nor_uses) {
    site.verdicts = usual_verdicts();
    slurm.jobs = {running(2), running(1)};
    prometheus::SeriesSet set;
    set.series = {part("cores", {4e9}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const auto& now = page().now;

    BOOST_TEST(std::get<double>(now.cores.allocated) == 4);
    BOOST_TEST(std::get<double>(now.cores.share.value) == 1);
    BOOST_TEST((now.cores.share.grade == views::Grade::Good));
    BOOST_TEST(now.cores.unmeasured == 1U);
    BOOST_TEST(std::holds_alternative<NoData>(now.memory.used));
    BOOST_TEST(now.memory.unmeasured == 0U, "nothing is: that is said already");
}

BOOST_AUTO_TEST_CASE(both_threads_of_a_core_are_one_core) {
    site.threads_per_core = 2;
    slurm.jobs = {running(1)};
    prometheus::SeriesSet set;
    set.series = {part("cores", {7e9}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);
    BOOST_TEST(std::get<double>(page().now.cores.used) == 4);

    site.threads_per_core = 1;
    BOOST_TEST((page().now.cores.share.grade == views::Grade::Odd));
}

BOOST_AUTO_TEST_CASE(cards_that_slurm_does_not_count_bring_their_cores) {
    site.verdicts = usual_verdicts();
    slurm.jobs = {running(1)};
    slurm.jobs[0].allocated.cores = 12;
    prometheus::SeriesSet set;
    set.series = {part("cores", {1e9}, {{"slurmjobid", "1"}}),
                  part("gpus", {90}, {{"slurmjobid", "1"}}),
                  part("cards", {1}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const auto row = page().jobs[0].rows[0];

    BOOST_TEST((row.cores_share.grade == views::Grade::Unknown));
    BOOST_TEST(row.gpus == 1U);
    BOOST_TEST((row.verdict.grade == views::Grade::Good));
}

BOOST_AUTO_TEST_CASE(a_silent_node_counts_like_the_others_and_is_not_judged) {
    site.verdicts = usual_verdicts();
    slurm::Job job = running(1);
    job.allocated.nodes = 2;
    job.allocated.cores = 64;
    slurm.jobs = {job};
    prometheus::SeriesSet set;
    set.series = {part("cores", {2e9}, {{"slurmjobid", "1"}}),
                  part("nodes", {1}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const views::UserPage& shown = page();

    const auto& share = shown.jobs[0].rows[0].cores_share;
    BOOST_TEST(std::get<double>(share.value) == 4.0 / 64);
    BOOST_TEST((share.grade == views::Grade::Unknown));
    BOOST_TEST(std::get<double>(shown.now.cores.used) == 4);
    BOOST_TEST((shown.now.cores.share.grade == views::Grade::Unknown));
}

BOOST_AUTO_TEST_CASE(a_node_under_two_names_and_cards_of_others_count_once) {
    slurm::Job job = running(1);
    job.allocated.nodes = 1;
    job.allocated.cores = 4;
    job.allocated.gpus = {1, "a100"};
    slurm.jobs = {job};
    prometheus::SeriesSet set;
    set.series = {
        part("cores", {8e9}, {{"slurmjobid", "1"}}), part("nodes", {2}, {{"slurmjobid", "1"}}),
        part("gpus", {120}, {{"slurmjobid", "1"}}), part("cards", {2}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const auto row = page().jobs[0].rows[0];

    BOOST_TEST(std::get<double>(row.cores_share.value) == 1);
    BOOST_TEST(std::get<double>(row.gpu_share.value) == 0.6);
}

BOOST_AUTO_TEST_CASE(memory_that_slurm_does_not_count_is_not_known) {
    slurm::Job job = running(1);
    job.allocated.memory = job.requested.memory = {};
    slurm.jobs = {job};
    prometheus::SeriesSet set;
    set.series = {part("memory", {5e9}, {{"slurmjobid", "1"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const auto& memory = page().now.memory;

    BOOST_TEST(std::holds_alternative<NoData>(memory.allocated));
    BOOST_TEST(std::get<double>(memory.used) == 5e9);
    BOOST_TEST(std::holds_alternative<NoData>(memory.share.value));
}

BOOST_AUTO_TEST_CASE(a_job_that_ended_a_moment_ago_is_not_used_now) {
    slurm::Job suspended = running(3);
    suspended.state = JobState::Suspended;
    slurm.jobs = {running(1), suspended};
    prometheus::SeriesSet set;
    set.series = {part("cores", {3e9}, {{"slurmjobid", "1"}}),
                  part("cores", {0.0}, {{"slurmjobid", "3"}}),
                  part("cores", {48e9}, {{"slurmjobid", "2"}})};
    metrics.answers.insert_or_assign("slurm_job_core_usage_total", set);

    const views::UserPage& shown = page();

    BOOST_TEST(shown.now.running_jobs == 1U, "one that is suspended does not run");
    BOOST_TEST(std::get<double>(shown.now.cores.used) == 3);
    BOOST_TEST(std::get<double>(shown.now.cores.allocated) == 4);
}

BOOST_AUTO_TEST_CASE(all_waiting_jobs_can_be_reached) {
    for (std::uint32_t i = 0; i < 250; ++i) {
        slurm::Job waiting = finished_job(1000 - i);
        waiting.state = JobState::Pending;
        waiting.started.reset();
        waiting.ended.reset();
        slurm.jobs.push_back(waiting);
    }
    std::set<std::string> numbers;
    std::string query = "state=pending";
    for (int pages = 0; pages < 5; ++pages) {
        for (const auto& group : page(query).waiting) {
            for (const auto& row : group.rows) numbers.insert(row.number);
        }
        const std::string& next = views.last<views::UserPage>()->next_waiting_link;
        if (next.empty()) break;
        BOOST_TEST(next.find("state=pending&after=w") != std::string::npos, next);
        query = next.substr(next.find('?') + 1);
    }

    BOOST_TEST(numbers.size() == 250U);
}

BOOST_AUTO_TEST_CASE(a_job_that_never_ran_stands_at_the_time_it_ended) {
    slurm::Job cancelled = job(2, Seconds{100});
    cancelled.state = JobState::Cancelled;
    cancelled.started.reset();
    cancelled.ended = clock.time - Seconds{5000};
    slurm.jobs = {job(3, Seconds{4000}), job(1, Seconds{9000}), cancelled};

    const views::UserPage& shown = page();

    BOOST_TEST_REQUIRE(shown.jobs.size() == 3U);
    BOOST_TEST(shown.jobs[0].rows[0].number == "3");
    BOOST_TEST(shown.jobs[1].rows[0].number == "2");
    BOOST_TEST(shown.jobs[2].rows[0].number == "1");
}

BOOST_AUTO_TEST_CASE(pages_follow_each_other_without_gap_or_repeat) {
    for (std::uint32_t i = 0; i < 250; ++i)
        slurm.jobs.push_back(job(1000 - i, Seconds{100 * (i + 1)}));
    std::vector<std::string> numbers;
    std::string query;
    for (int pages = 0; pages < 5; ++pages) {
        for (const auto& group : page(query).jobs) numbers.push_back(group.rows[0].number);
        if (views.last<views::UserPage>()->next_link.empty()) break;
        query = views.last<views::UserPage>()->next_link.substr(
            views.last<views::UserPage>()->next_link.find('?') + 1);
    }

    BOOST_TEST(numbers.size() == 250U);
    BOOST_TEST((std::set<std::string>(numbers.begin(), numbers.end()).size() == 250U));
}

BOOST_AUTO_TEST_CASE(tasks_of_an_array_that_follow_each_other_are_folded) {
    for (std::uint32_t task = 0; task < 3; ++task) {
        slurm::Job one = job(50 - task, Seconds{100 * (task + 1)});
        one.array = JobId{40};
        one.array_task = task;
        slurm.jobs.push_back(one);
    }
    slurm.jobs.push_back(job(10, Seconds{9000}));

    const views::UserPage& shown = page();

    BOOST_TEST_REQUIRE(shown.jobs.size() == 2U);
    BOOST_TEST(shown.jobs[0].rows.size() == 3U);
    BOOST_TEST(shown.jobs[0].rows[1].number == "40_1");
}

BOOST_AUTO_TEST_CASE(a_job_that_is_over_shows_what_the_portal_keeps_of_it) {
    site.scripts.enabled = true;
    site.verdicts = usual_verdicts();
    slurm.jobs = {finished_job(1), finished_job(2)};
    for (slurm::Job& one : slurm.jobs) one.allocated.gpus = one.requested.gpus = {4, "a100"};
    database::Summary kept = kept_of(slurm.jobs[0]);
    kept.cores_used = 3;
    kept.memory_peak = 8.0 * kGibibyte;
    kept.gpus = 4;
    kept.gpu_used = 0.02;
    kept.grade_cores = kept.grade_memory = 2;
    kept.grade_gpu = 0;
    portal_db.kept.rows[kept.job_db_inx] = kept;

    const auto row = page().jobs[0].rows[0];

    BOOST_TEST(std::get<double>(row.cores_share.value) == 0.75);
    BOOST_TEST(std::get<double>(row.memory_share.value) == 0.5);
    BOOST_TEST(std::get<double>(row.gpu_share.value) == 0.02);
    BOOST_TEST((row.verdict.grade == views::Grade::Poor));
    BOOST_TEST(portal_db.kept.marked == 1);
    BOOST_TEST(std::holds_alternative<NoData>(page().jobs[1].rows[0].gpu_share.value));

    // What the job's page could not judge, and another state of the row.
    portal_db.kept.rows[kept.job_db_inx].grade_gpu.reset();
    BOOST_TEST((page().jobs[0].rows[0].gpu_share.grade == views::Grade::Unknown));
    portal_db.kept.rows[kept.job_db_inx].state = 5;
    BOOST_TEST(std::holds_alternative<NoData>(page().jobs[0].rows[0].gpu_share.value));

    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(page().jobs.size() == 2U);
}

BOOST_AUTO_TEST_CASE(wasteful_jobs_are_found_by_what_is_kept_of_them) {
    site.scripts.enabled = true;
    site.verdicts = usual_verdicts();
    slurm.jobs = {finished_job(1), finished_job(2)};
    database::Summary kept = kept_of(slurm.jobs[1]);
    kept.cores_used = 0.1;
    kept.grade_cores = 0;
    portal_db.kept.rows[kept.job_db_inx] = kept;

    const auto& shown = page("verdict=wasteful");

    BOOST_TEST_REQUIRE(shown.jobs.size() == 1U);
    BOOST_TEST(shown.jobs[0].rows[0].number == "2");
}

BOOST_AUTO_TEST_CASE(a_sorted_list_is_of_what_the_portal_keeps) {
    site.scripts.enabled = true;
    for (std::uint32_t id = 1; id <= 120; ++id) {
        database::Summary kept = kept_of(finished_job(id));
        if (id != 2) slurm.jobs.push_back(finished_job(id));
        kept.wasted_core_s = 3.0 * 3600;
        portal_db.kept.rows[kept.job_db_inx] = kept;
    }

    const views::UserPage& shown = page("sort=waste&cores_use_max=50&account=def-smith&last=24");

    BOOST_TEST_REQUIRE(portal_db.kept.rankings.size() == 1U);
    const database::Ranking& asked = portal_db.kept.rankings.front();
    BOOST_TEST((asked.rank == database::Rank::Waste));
    BOOST_TEST(asked.jobs.whose.uid.value == 1001U);
    BOOST_TEST((asked.jobs.ended.from == clock.time - Seconds{86'400}));
    BOOST_TEST(asked.filter.account == "def-smith");
    BOOST_TEST(*asked.filter.amounts[static_cast<std::size_t>(database::Amount::CoresUse)].most ==
               50);
    BOOST_TEST_REQUIRE(shown.jobs.size() == 100U);
    BOOST_TEST(shown.jobs[0].rows[0].number == "1");
    BOOST_TEST(shown.jobs[0].rows[0].verdict.fact.id == "{0} core-hours wasted");
    BOOST_TEST(shown.jobs[0].rows[0].link.ends_with("?attempt=1001"));
    BOOST_TEST(shown.jobs[1].rows[0].link == "", "its row in Slurm's table is gone");
    BOOST_TEST(asked.gpu_weight == 0.3);
    BOOST_TEST(asked.core_weight == 0.003);
    BOOST_TEST(shown.waiting.empty());
    BOOST_TEST(shown.next_link.ends_with("&sort=waste&after=100"));
    BOOST_TEST(shown.filter.orders[0].on);

    const std::string next = shown.next_link.substr(shown.next_link.find('?') + 1);
    const views::UserPage& rest = page(next);
    BOOST_TEST(rest.jobs.size() == 20U);
    BOOST_TEST(rest.next_link.empty());
}

BOOST_AUTO_TEST_CASE(a_sorted_list_needs_what_the_portal_keeps) {
    BOOST_TEST(get("/secure/jobstats/alice/", "sort=waste").status == 400);
    BOOST_TEST(get("/secure/jobstats/alice/jobs.csv", "sort=waste").status == 400);
    site.scripts.enabled = true;
    BOOST_TEST(page("node=nc1").filter.orders[0].link == "/secure/jobstats/alice/?sort=waste");
    BOOST_TEST(get("/secure/jobstats/alice/", "sort=size").status == 400);
    BOOST_TEST(get("/secure/jobstats/alice/", "sort=waste&node=nc1").status == 400);
    BOOST_TEST(get("/secure/jobstats/alice/", "sort=waste&after=s1-2-3").status == 400);
    BOOST_TEST(get("/secure/jobstats/alice/", "gpu_use_max=101").status == 400);
    BOOST_TEST(get("/secure/jobstats/alice/", "gpu_use_min=5&gpu_use_max=4").status == 400);
    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(get("/secure/jobstats/alice/", "sort=waste").status == 503);
}

BOOST_AUTO_TEST_CASE(a_sorted_list_needs_no_slurm_and_no_more_samples_than_a_page) {
    site.scripts.enabled = true;
    for (std::uint32_t id = 1; id <= 2; ++id) {
        database::Summary kept = kept_of(finished_job(id));
        kept.gpus = 2;
        kept.gpu_used = 0;
        kept.gpu_covered = id == 1 ? 0.1 : 1;
        portal_db.kept.rows[kept.job_db_inx] = kept;
    }
    portal_db.kept.kept_span = TimeRange{clock.time - kDay, clock.time};
    slurm.away = SourceError{SourceId::Slurm, Fault::Unreachable, ""};

    const views::UserPage& shown = page("sort=use");
    BOOST_TEST_REQUIRE(shown.jobs.size() == 1U, "little was measured of the other");
    BOOST_TEST(shown.jobs[0].rows[0].number == "2");
    BOOST_TEST(!shown.jobs[0].rows[0].link.empty());
    BOOST_TEST(!shown.jobs_unavailable);
    BOOST_TEST(page("sort=wait").jobs.size() == 2U);
    BOOST_TEST(page("cores_use_max=5").jobs.size() == 2U);
    BOOST_TEST((portal_db.kept.rankings.back().rank == database::Rank::End));
}

BOOST_AUTO_TEST_CASE(no_wasteful_job_is_lost_between_two_pages) {
    site.scripts.enabled = true;
    site.verdicts = usual_verdicts();
    for (std::uint32_t id = 1; id <= 160; ++id) {
        database::Summary kept = kept_of(finished_job(id));
        kept.cores_used = id <= 20 ? 4 : 0.1;
        kept.grade_cores = id <= 20 ? 2 : 0;
        portal_db.kept.rows[kept.job_db_inx] = kept;
    }

    const views::UserPage first = page("verdict=wasteful&sort=wait");
    BOOST_TEST(first.jobs.size() == 100U);
    BOOST_TEST_REQUIRE(!first.next_link.empty());
    const views::UserPage& rest = page(first.next_link.substr(first.next_link.find('?') + 1));
    BOOST_TEST(rest.jobs.size() == 40U);
    BOOST_TEST(rest.next_link.empty());
}

BOOST_AUTO_TEST_CASE(a_sorted_list_of_wasteful_jobs_leaves_out_the_others) {
    site.scripts.enabled = true;
    site.verdicts = usual_verdicts();
    for (std::uint32_t id = 1; id <= 3; ++id) {
        database::Summary kept = kept_of(finished_job(id));
        kept.cores_used = id == 2 ? 0.1 : 4;
        kept.grade_cores = id == 2 ? 0 : 2;
        portal_db.kept.rows[kept.job_db_inx] = kept;
    }

    const views::UserPage& shown = page("verdict=wasteful&sort=use");

    BOOST_TEST_REQUIRE(shown.jobs.size() == 1U);
    BOOST_TEST(shown.jobs[0].rows[0].number == "2");
    BOOST_TEST(shown.jobs[0].rows[0].verdict.fact.id == "cores {0}");
}

BOOST_AUTO_TEST_CASE(jobs_under_another_number_are_told_of) {
    BOOST_TEST(page().notices.empty());
    slurm.former = Uid{77};
    const views::UserPage& shown = page();
    BOOST_TEST_REQUIRE(shown.notices.size() == 1U);
    BOOST_TEST(shown.notices[0].text.arguments.size() == 1U);
}

BOOST_AUTO_TEST_CASE(idle_gpus_are_shown) {
    slurm.jobs = {running(1)};
    slurm.jobs[0].allocated.gpus = {2, "a100"};

    BOOST_TEST(page().now.gpus.has_value());
}

BOOST_AUTO_TEST_CASE(charts_are_those_that_the_site_measures_and_of_gpus_where_jobs_have_some) {
    using Slugs = std::vector<std::string>;
    const auto slugs = [&] {
        Slugs all;
        for (const views::ChartRef& chart : page().charts) all.push_back(chart.slug);
        return all;
    };
    slurm.jobs = {running(1)};
    BOOST_TEST((slugs() == Slugs{"cpu", "mem", "lustre_mdt", "lustre_ost"}));

    slurm.jobs[0].allocated.gpus = {2, "a100"};
    site.exporters.lustre.enabled = false;
    BOOST_TEST((slugs() == Slugs{"cpu", "mem", "gpu_utilization", "gpu_power"}));
    // Both from one answer.
    BOOST_TEST(page().charts[2].src == "/secure/jobstats/alice/graph/gpu.json");
    BOOST_TEST(page().charts[3].src == page().charts[2].src);

    site.exporters.job.enabled = false;
    BOOST_TEST(page().charts.empty());
}

BOOST_AUTO_TEST_CASE(slurm_away_keeps_the_frame_and_says_503) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    const Response response = get("/secure/jobstats/alice/");

    BOOST_TEST(response.status == 503);
    BOOST_TEST_REQUIRE(views.last<views::UserPage>() != nullptr);
    BOOST_TEST(views.last<views::UserPage>()->jobs_unavailable);
    BOOST_TEST(
        std::holds_alternative<Unavailable>(views.last<views::UserPage>()->now.cores.allocated));
}

BOOST_AUTO_TEST_CASE(a_long_search_says_how_far_it_came_and_goes_on) {
    slurm::Job never = job(9, Seconds{90'000});
    never.ended = never.started;
    never.started.reset();
    never.state = JobState::Cancelled;
    slurm.jobs = {job(47, Seconds{100}), job(46, Seconds{80'000}), never};
    slurm.searched_back_to = clock.time - Seconds{1000};

    const views::UserPage& first = page("name=x");

    BOOST_TEST_REQUIRE(first.jobs.size() == 1U);
    BOOST_TEST((first.searched_back_to == slurm.searched_back_to));
    const std::string link = first.next_link;
    BOOST_TEST(link.starts_with("/secure/jobstats/alice/?name=x&after=s"));

    slurm.searched_back_to.reset();
    const views::UserPage& rest = page(link.substr(link.find('?') + 1));
    BOOST_TEST_REQUIRE(rest.jobs.size() == 2U);
    BOOST_TEST(!rest.searched_back_to.has_value());
    BOOST_TEST(rest.next_link.empty());
}

BOOST_AUTO_TEST_CASE(a_search_that_takes_too_long_is_not_a_database_that_is_away) {
    slurm.away = SourceError{SourceId::Slurm, Fault::TooLong, ""};

    const Response response = get("/secure/jobstats/alice/", "name=x");

    BOOST_TEST(response.status == 503);
    BOOST_TEST(views.last<views::UserPage>()->notices.front().text.id.starts_with(
        "This search takes too long"));
    BOOST_TEST(get("/secure/jobstats/alice/7/").status == 503);
    BOOST_TEST(views.last<views::ErrorPage>()->too_long);
    BOOST_TEST(get("/secure/jobstats/alice/7/graph/cpu.json").body == R"({"error":"too_long"})");
}

BOOST_AUTO_TEST_CASE(the_directory_away_is_a_503_and_never_a_404) {
    directory.away = SourceError{SourceId::Ldap, Fault::Unreachable, ""};

    BOOST_TEST(get("/secure/jobstats/alice/").status == 503);
}

BOOST_AUTO_TEST_CASE(a_job_is_found_by_its_number_by_its_owner_and_by_staff_only) {
    slurm.jobs = {job(47, Seconds{100})};

    BOOST_TEST(fakes::header(get("/secure/jobstats/", "job=47"), "Location") ==
               "/secure/jobstats/alice/47/");
    sign_in("bob", false);
    BOOST_TEST(get("/secure/jobstats/", "job=47").status == 404);
    sign_in("boss", true);
    BOOST_TEST(get("/secure/jobstats/", "job=47").status == 302);
    BOOST_TEST(get("/secure/jobstats/", "job=x").status == 400);
}

BOOST_AUTO_TEST_CASE(a_task_is_found_by_the_number_slurm_writes) {
    slurm.jobs = {job(47, Seconds{100}), job(40, Seconds{50})};
    slurm.jobs[0].array = JobId{40};
    slurm.jobs[0].array_task = 3;

    BOOST_TEST(fakes::header(get("/secure/jobstats/", "job=40_3"), "Location") ==
               "/secure/jobstats/alice/47/");
    BOOST_TEST(get("/secure/jobstats/", "job=40_4").status == 404);
    BOOST_TEST(get("/secure/jobstats/", "job=40_").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
