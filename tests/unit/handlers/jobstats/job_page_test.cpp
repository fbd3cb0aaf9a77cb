#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string_view>

#include "tests/fakes/job_page_fixture.h"

namespace {

using namespace portal;
using fakes::JobPageFixture;
using fakes::number_of;
using fakes::part;
using views::CostRow;

const SourceError kPrometheusAway{SourceId::Prometheus, Fault::Timeout, "3 s"};
const SourceError kSlurmAway{SourceId::Slurm, Fault::Unreachable, "2002"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_page, JobPageFixture)

BOOST_AUTO_TEST_CASE(cores_are_the_mean_over_the_run) {
    measured(4 * 7200 * 0.5, 1e9);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0);
    BOOST_TEST(number_of(verdict("cores").share.value) == 0.5);
}

BOOST_AUTO_TEST_CASE(shows_unavailable_when_prometheus_is_down) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return fakes::FakeMetrics::Answer(kPrometheusAway);
    };

    page();

    BOOST_TEST(std::holds_alternative<Unavailable>(verdict("memory").used));
    BOOST_TEST(says("Measurements are not available"));
}

BOOST_AUTO_TEST_CASE(nothing_measured_is_no_data_and_not_zero) {
    page();

    BOOST_TEST(std::holds_alternative<NoData>(verdict("cores").used));
    BOOST_TEST(std::holds_alternative<NoData>(cost(CostRow::Kind::Energy)->amount));
    BOOST_TEST(says("This job's nodes sent no measurements"));
}

BOOST_AUTO_TEST_CASE(a_blind_exporter_falls_back_to_slurms_steps) {
    slurm.steps[1047] = {Seconds{7200}, Bytes{std::uint64_t{8} << 30U}};

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 1.0);
    BOOST_TEST(verdict("cores").from_steps);
    BOOST_TEST(number_of(verdict("memory").share.value) == 0.5);
}

BOOST_AUTO_TEST_CASE(steps_without_cpu_time_are_no_data_and_no_advice) {
    slurm.steps[1047] = {{}, {}};

    page();

    BOOST_TEST(std::holds_alternative<NoData>(verdict("cores").used));
    BOOST_TEST(!verdict("cores").from_steps);
    BOOST_TEST(!says("It used {0} of its {1} cores"));
}

BOOST_AUTO_TEST_CASE(steps_side_by_side_give_no_advice_about_memory) {
    slurm.steps[1047] = {Seconds{7200}, Bytes{std::uint64_t{1} << 30U},
                         Bytes{std::uint64_t{16} << 30U}};

    page();

    BOOST_TEST((verdict("memory").share.grade == views::Grade::Unknown));
    BOOST_TEST(says("Some of its steps ran side by side"));
    BOOST_TEST(!says("It never used more than"));
}

BOOST_AUTO_TEST_CASE(a_job_older_than_the_samples_asks_prometheus_nothing) {
    slurm.jobs[0].ended = clock.time - site.retention - Seconds{3600};
    slurm.jobs[0].started = *slurm.jobs[0].ended - Seconds{7200};

    page();

    BOOST_TEST(metrics.texts.empty());
    BOOST_TEST(says("Measurements are kept for"));
    BOOST_TEST(job().sections.empty());
}

BOOST_AUTO_TEST_CASE(a_job_shorter_than_two_scrapes_says_so) {
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{40};

    page();

    BOOST_TEST(metrics.texts.empty());
    BOOST_TEST(says("The job was too short"));
}

BOOST_AUTO_TEST_CASE(a_job_that_never_started_has_no_verdict_and_no_graphs) {
    slurm.jobs[0].state = JobState::Cancelled;
    slurm.jobs[0].started.reset();

    page();

    BOOST_TEST(job().verdicts.empty());
    BOOST_TEST(job().sections.empty());
    BOOST_TEST(job().state_text.id == "It was cancelled before it started.");
}

BOOST_AUTO_TEST_CASE(a_requeued_job_shows_its_newest_attempt_and_lists_all) {
    slurm::Job old = finished_job(47);
    old.db_index = 5;
    old.state = JobState::Requeued;
    old.submitted -= Seconds{7200};
    old.started = old.submitted + Seconds{60};
    old.ended = slurm.jobs[0].submitted;
    slurm.jobs.push_back(old);

    BOOST_TEST((page().state == JobState::Completed));
    BOOST_TEST(job().attempts.size() == 2U);
    BOOST_TEST((page("attempt=5").state == JobState::Requeued));
    BOOST_TEST(get("/secure/jobstats/alice/47/", "attempt=6").status == 404);
}

BOOST_AUTO_TEST_CASE(a_number_that_came_again_is_two_jobs) {
    slurm::Job old = finished_job(47);
    old.db_index = 5;
    old.name = "of 2017";
    old.submitted = from_unix(1507000000);
    old.started = from_unix(1507000100);
    old.ended = from_unix(1507003700);
    slurm.jobs.push_back(old);
    upload(47, "of 2017", from_unix(1507000050));
    upload(47, "of today", slurm.jobs[0].submitted + Seconds{10});

    BOOST_TEST(page().attempts.empty());
    BOOST_TEST(job().script.lines.at(0) == "of today");
    BOOST_TEST(job().script.versions.empty());
    BOOST_TEST(page("attempt=5").name == "of 2017");
    BOOST_TEST(job().attempts.empty());
    BOOST_TEST(job().script.lines.at(0) == "of 2017");
    BOOST_TEST(job().script.versions.empty());
    BOOST_TEST(get("/secure/jobstats/alice/47/script", "attempt=5").body == "of 2017");
    get("/secure/jobstats/alice/");
    const auto& rows = views.last<views::UserPage>()->jobs;
    BOOST_TEST(rows[0].rows[0].link == "/secure/jobstats/alice/47/");
    BOOST_TEST(rows[1].rows[0].link == "/secure/jobstats/alice/47/?attempt=5");
}

BOOST_AUTO_TEST_CASE(a_job_whose_end_was_lost_has_no_clock_no_share_and_no_cost) {
    slurm.jobs[0].ended.reset();
    slurm.jobs[0].fault = slurm::RowFault::EndLost;
    slurm.steps[1047] = {Seconds{60}, Bytes{1}};

    page();

    BOOST_TEST(job().verdicts.empty());
    BOOST_TEST(job().cost.rows.empty());
    BOOST_TEST(job().frame.live_seconds == 0U);
    BOOST_TEST(job().timeline.run_unknown);
    BOOST_TEST(says("Slurm never recorded when this job ended"));
    BOOST_TEST(!says("It used"));
    BOOST_TEST(metrics.texts.empty());
    get("/secure/jobstats/alice/");
    BOOST_TEST(views.last<views::UserPage>()->now.running_jobs == 0U);
}

BOOST_AUTO_TEST_CASE(a_job_of_no_time_has_no_share_and_no_advice) {
    slurm.jobs[0].ended = slurm.jobs[0].started;

    page();

    BOOST_TEST(number_of(verdict("time").used) == 0.0);
    BOOST_TEST(std::holds_alternative<NoData>(verdict("time").share.value));
    BOOST_TEST(!says("It ran for"));
    BOOST_TEST(number_of(cost(CostRow::Kind::Hardware)->amount) == 0.0);
}

BOOST_AUTO_TEST_CASE(a_whole_node_costs_a_whole_node) {
    slurm.jobs[0].requested.cores = 1;
    slurm.jobs[0].allocated.cores = 64;

    page();

    BOOST_TEST(number_of(cost(CostRow::Kind::Hardware)->amount) == 64 * 2 * 0.003);
    get("/secure/jobstats/alice/");
    BOOST_TEST(views.last<views::UserPage>()->jobs[0].rows[0].cores == 64U);
}

BOOST_AUTO_TEST_CASE(who_cancelled_is_told_by_name_to_staff_only) {
    slurm.jobs[0].state = JobState::Cancelled;
    slurm.jobs[0].cancelled_by = Uid{1002};

    BOOST_TEST(page().state_text.id ==
               "It was cancelled while it ran, by somebody other than its owner.");
    BOOST_TEST(!says("It was cancelled by {0}."));
    sign_in("staff", true);
    page();
    BOOST_TEST(says("It was cancelled by {0}."));
    slurm.jobs[0].cancelled_by = Uid{1001};
    BOOST_TEST(page().state_text.id == "It was cancelled while it ran, by its owner.");
    BOOST_TEST(!says("It was cancelled by {0}."));
}

BOOST_AUTO_TEST_CASE(staff_see_the_job_of_an_owner_who_is_gone_by_number) {
    slurm.jobs[0].owner = {3999999};
    const auto status = [&](const std::string& path, const std::string& query = "") {
        return get(path, query).status;
    };

    BOOST_TEST(status("/secure/jobstats/3999999/47/") == 404);
    BOOST_TEST(status("/secure/jobstats/", "job=47") == 404);
    sign_in("staff", true);
    const Response found = get("/secure/jobstats/", "job=47");
    BOOST_TEST(fakes::header(found, "Location") == "/secure/jobstats/3999999/47/");
    BOOST_TEST(status("/secure/jobstats/3999999/47/") == 200);
    BOOST_TEST(says("The directory names nobody for user number {0}"));
    BOOST_TEST(status("/secure/jobstats/3999999/") == 200);
    BOOST_TEST(status("/secure/jobstats/03999999/47/") == 404);
}

BOOST_AUTO_TEST_CASE(a_login_of_another_case_or_an_alias_is_the_persons_own) {
    directory.people[0].logins = {"alice", "a.smith"};
    for (const char* login : {"Alice", "a.smith", "A.Smith", "alice"}) {
        sign_in(login, false);
        BOOST_TEST(get("/secure/jobstats/alice/47/").status == 200, login);
        BOOST_TEST(get("/secure/jobstats/" + std::string(login) + "/47/").status == 200, login);
        BOOST_TEST(job().base == "/secure/jobstats/alice/47/");
        BOOST_TEST(get("/secure/jobstats/bob/").status == 404, login);
    }
}

BOOST_AUTO_TEST_CASE(going_to_a_job_tells_nobody_whether_others_have_it) {
    slurm.jobs[0].owner = {1002};
    const Response theirs = get("/secure/jobstats/", "job=47");
    const Response nobodys = get("/secure/jobstats/", "job=48");

    BOOST_TEST(theirs.status == 404);
    BOOST_TEST(theirs.body == nobodys.body);
    slurm.jobs.push_back(finished_job(47));
    BOOST_TEST(fakes::header(get("/secure/jobstats/", "job=47"), "Location") ==
               "/secure/jobstats/alice/47/");
}

BOOST_AUTO_TEST_CASE(a_task_that_still_waits_leads_to_its_array) {
    slurm.jobs[0].array = JobId{47};
    slurm.jobs[0].array_rest = "9201-10000%500";

    BOOST_TEST(fakes::header(get("/secure/jobstats/", "job=47_9300"), "Location") ==
               "/secure/jobstats/alice/array/47/?task=9300");
    BOOST_TEST(get("/secure/jobstats/", "job=47_9200").status == 404);
}

BOOST_AUTO_TEST_CASE(gpu_percentages_cannot_pass_a_hundred) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    const double all = 40.0 * (1 << 30);
    measured_gpus({4, {.cycles = 99.98, .memory = all, .total = all, .power = 420'000}});

    page();

    BOOST_TEST(number_of(verdict("gpu").used) <= 1.0);
    BOOST_TEST(number_of(verdict("gpu").used) > 0.99);
    BOOST_TEST(number_of(verdict("gpu_memory").share.value) == 1.0);
    BOOST_TEST(number_of(job().resources.back().used.value()) == 1680.0);
    BOOST_TEST(number_of(job().resources.back().share.value) == 1.0);
}

BOOST_AUTO_TEST_CASE(the_number_of_gpus_is_not_missing_where_slurm_counts_them) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    page();

    const auto& rows = job().resources;
    const auto gpus = std::find_if(rows.begin(), rows.end(), [](const auto& row) {
        return std::string_view(row.name) == "GPUs";
    });
    BOOST_TEST_REQUIRE((gpus != rows.end()));
    BOOST_TEST(!gpus->used.has_value());
}

BOOST_AUTO_TEST_CASE(hardware_costs_need_no_power_samples) {
    page();

    BOOST_TEST(number_of(cost(CostRow::Kind::Hardware)->amount) == 4 * 2 * 0.003);
    BOOST_TEST(std::holds_alternative<NoData>(cost(CostRow::Kind::Electricity)->amount));
}

BOOST_AUTO_TEST_CASE(no_question_over_a_range_joins_others) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    page();
    std::set<std::string> urls;
    for (const auto& section : job().sections) {
        for (const auto& chart : section.charts) urls.insert(chart.src);
    }

    for (const std::string& url : urls) BOOST_TEST(get(url).status == 200, url);

    BOOST_TEST(urls.size() >= 7U);
    for (std::size_t i = 0; i < metrics.texts.size(); ++i) {
        if (metrics.grids[i].instant()) continue;
        BOOST_TEST(metrics.texts[i].find(" or ") == std::string::npos, metrics.texts[i]);
    }
}

BOOST_AUTO_TEST_CASE(slurm_away_is_a_503_that_names_it) {
    slurm.away = kSlurmAway;

    const Response response = get("/secure/jobstats/alice/47/");

    BOOST_TEST(response.status == 503);
    BOOST_TEST((views.last<views::ErrorPage>()->missing == SourceId::Slurm));
    BOOST_TEST(!fakes::header(response, "Retry-After").empty());
}

BOOST_AUTO_TEST_CASE(a_state_nobody_knows_is_shown_with_its_number) {
    slurm.jobs[0].state = JobState::Unknown;
    slurm.jobs[0].state_number = 77;

    page();

    BOOST_TEST((job().state == JobState::Unknown));
    BOOST_TEST(job().state_number == 77U);
}

BOOST_AUTO_TEST_CASE(the_script_keeps_its_white_space) {
    slurm.script_text = "#!/bin/bash\n\n  srun\tx\r\n<b>\xff";

    page();

    const std::vector<std::string> expected = {"#!/bin/bash", "", "  srun\tx", "<b>\xEF\xBF\xBD"};
    BOOST_TEST(job().script.lines == expected);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body == *slurm.script_text);
}

BOOST_AUTO_TEST_CASE(the_uploaded_script_wins_over_slurms) {
    slurm.script_text = "from slurm";
    upload(47, "uploaded \xff");

    page();

    BOOST_TEST(job().script.lines == std::vector<std::string>{"uploaded \xEF\xBF\xBD"});
    BOOST_TEST(job().script.versions.empty());
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body == "uploaded \xff");
}

BOOST_AUTO_TEST_CASE(a_script_of_a_million_lines_is_no_page_of_them) {
    upload(47, std::string(1'000'000, '\n'));

    page();

    BOOST_TEST(job().script.lines.size() == 5000U);
    BOOST_TEST(job().script.cut);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body.size() == 1'000'000U);
}

BOOST_AUTO_TEST_CASE(every_version_of_the_script_can_be_seen) {
    upload(47, "first");
    upload(47, "second");

    page();

    const auto& versions = job().script.versions;
    BOOST_TEST(job().script.lines.at(0) == "second");
    BOOST_TEST_REQUIRE(versions.size() == 2U);
    BOOST_TEST(versions[0].shown);
    BOOST_TEST(versions[1].link == "/secure/jobstats/alice/47/?script=1#script");
    page("script=1");
    BOOST_TEST(job().script.lines.at(0) == "first");
    BOOST_TEST(job().script.open);
    BOOST_TEST(get("/secure/jobstats/alice/47/script", "script=1").body == "first");
    for (const char* wrong : {"script=0", "script=3", "script=x", "script="}) {
        BOOST_TEST(get("/secure/jobstats/alice/47/", wrong).status == 404, wrong);
    }
}

BOOST_AUTO_TEST_CASE(versions_of_one_second_keep_their_order) {
    for (const char* text : {"first", "second", "third"}) upload(47, text, clock.time);

    page();
    BOOST_TEST(job().script.lines.at(0) == "third");
    page("script=1");
    BOOST_TEST(job().script.lines.at(0) == "first");
}

BOOST_AUTO_TEST_CASE(an_earlier_attempt_shows_the_script_it_ran) {
    slurm::Job before = finished_job(47);
    before.db_index = 5;
    before.submitted -= Seconds{3600};
    before.ended = clock.time - Seconds{7200};
    slurm.jobs[0].submitted = *before.ended;
    slurm.jobs[0].started = *before.ended + Seconds{60};
    slurm.jobs.push_back(before);
    upload(47, "first", clock.time - Seconds{9000});
    upload(47, "second", clock.time - Seconds{5000});

    page("attempt=5");
    BOOST_TEST(job().script.lines.at(0) == "first");
    page();
    BOOST_TEST(job().script.lines.at(0) == "second");
}

BOOST_AUTO_TEST_CASE(a_task_shows_the_script_of_its_array) {
    slurm.jobs[0].array = JobId{40};
    slurm.jobs[0].array_task = 7;
    upload(40, "of the array");

    page();
    BOOST_TEST(job().script.lines.at(0) == "of the array");
    upload(47, "of the task");
    page();
    BOOST_TEST(job().script.lines.at(0) == "of the task");
}

BOOST_AUTO_TEST_CASE(a_component_shows_the_script_of_its_het_job) {
    slurm.jobs[0].het_job = JobId{46};
    slurm.jobs[0].het_offset = 1;
    upload(47, "of the component");
    upload(46, "of the het job");

    page();

    BOOST_TEST(job().script.lines.at(0) == "of the het job");
}

BOOST_AUTO_TEST_CASE(a_script_of_an_earlier_job_with_that_number_is_somebody_elses) {
    upload(47, "secret", slurm.jobs[0].submitted - Seconds{86400});

    page();

    BOOST_TEST(!job().script.available);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").status == 404);
}

BOOST_AUTO_TEST_CASE(a_script_of_a_later_job_with_that_number_is_somebody_elses) {
    slurm.jobs[0].ended = clock.time - Seconds{30 * 86400};
    slurm.jobs[0].submitted = clock.time - Seconds{40 * 86400};
    slurm::Job later = finished_job(47);
    later.owner = {1002};
    slurm.jobs.insert(slurm.jobs.begin(), later);
    upload(47, "mine", clock.time - Seconds{40 * 86400});
    upload(47, "secret", clock.time);

    page();

    BOOST_TEST(job().script.lines.at(0) == "mine");
    BOOST_TEST(job().script.versions.empty());
}

BOOST_AUTO_TEST_CASE(a_script_that_comes_late_is_shown_while_the_number_is_nobody_elses) {
    slurm.jobs[0].ended = clock.time - Seconds{30 * 86400};
    slurm.jobs[0].submitted = clock.time - Seconds{40 * 86400};
    upload(47, "late");

    page();

    BOOST_TEST(job().script.lines.at(0) == "late");
}

BOOST_AUTO_TEST_CASE(without_the_portals_database_slurms_script_is_shown) {
    portal_db.away = SourceError{SourceId::Portal, Fault::Timeout, "3 s"};
    slurm.script_text = "from slurm";

    page();
    BOOST_TEST(job().script.lines.at(0) == "from slurm");
    slurm.script_text.reset();
    page();
    BOOST_TEST((job().script.missing == SourceId::Portal));
    BOOST_TEST(!job().script.available);
}

BOOST_AUTO_TEST_SUITE_END()
