// Running jobs on nodes of much memory.
#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using views::Grade;

constexpr double kGib = 1024.0 * 1024 * 1024;

struct LargeJobsFixture : fakes::PortalFixture {
    LargeJobsFixture() { sign_in("boss", true); }

    void add_job(std::uint32_t id, std::uint32_t uid = 1001) {
        slurm::Job job = finished_job(id);
        job.owner = {uid};
        job.state = JobState::Running;
        job.ended.reset();
        job.partition = "large";
        job.submitted = clock.time - Seconds{10'000 + id};
        job.allocated = {10, {std::uint64_t{100} << 30U}, 1, {}};
        slurm.jobs.push_back(job);
    }
    void measure(std::uint32_t id, double cores, double gib) {
        const std::vector<prometheus::Label> job = {{"slurmjobid", std::to_string(id)}};
        set.series.push_back(fakes::part("cores", {cores * 1e9}, job));
        set.series.push_back(fakes::part("memory", {gib * kGib}, job));
        metrics.answers.insert_or_assign("slurmjobid=~", set);
    }
    const views::LargeJobsPage& page(const std::string& query = "") {
        const Response response = get("/secure/top/largemem/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::LargeJobsPage>();
    }

    prometheus::SeriesSet set;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(large_jobs, LargeJobsFixture)

BOOST_AUTO_TEST_CASE(memory_that_slurm_does_not_count_is_not_known) {
    add_job(1);
    slurm.jobs.back().allocated.memory = {};
    slurm.jobs.back().requested.memory = {};
    measure(1, 9.5, 60);

    const auto& row = page().jobs.rows.at(0);

    BOOST_TEST(std::holds_alternative<NoData>(row.memory));
    BOOST_TEST(std::holds_alternative<NoData>(row.memory_share.value));
}

BOOST_AUTO_TEST_CASE(allocations_come_from_slurm_and_use_from_measurements) {
    add_job(1);
    measure(1, 9.5, 60);

    const auto& row = page().jobs.rows.at(0);

    BOOST_TEST(row.user == "alice");
    BOOST_TEST(row.link == "/secure/jobstats/alice/1/");
    BOOST_TEST(row.cores == 10);
    BOOST_TEST(std::get<double>(row.memory) == 100 * kGib);
    BOOST_TEST(std::get<double>(row.used_cores) == 9.5);
    BOOST_TEST((row.cores_share.grade == Grade::Good));
    BOOST_TEST((row.memory_share.grade == Grade::Good));
}

BOOST_AUTO_TEST_CASE(a_job_without_measurements_and_an_unknown_owner_stand_there_too) {
    add_job(1, 4242);

    const auto& row = page().jobs.rows.at(0);

    BOOST_TEST(row.user == "4242");
    BOOST_TEST(row.link == "/secure/jobstats/4242/1/");
    BOOST_TEST(std::holds_alternative<NoData>(row.used_cores));
    BOOST_TEST(std::holds_alternative<NoData>(row.memory_share.value));
    BOOST_TEST((row.memory_share.grade == Grade::Unknown));
}

BOOST_AUTO_TEST_CASE(little_use_is_poor_whatever_its_share) {
    for (const std::uint32_t id : {1U, 2U, 3U}) add_job(id);
    measure(1, 8.9, 3.9);
    measure(2, 9, 4);
    measure(3, 10, 50);

    const auto& rows = page("sort=-job").jobs.rows;

    BOOST_TEST((rows[0].cores_share.grade == Grade::Poor));
    BOOST_TEST((rows[0].memory_share.grade == Grade::Poor));
    BOOST_TEST((rows[1].cores_share.grade == Grade::Good));
    BOOST_TEST((rows[1].memory_share.grade == Grade::Fair));
    BOOST_TEST((rows[2].memory_share.grade == Grade::Good));
}

BOOST_AUTO_TEST_CASE(the_question_to_slurm_is_that_of_the_configuration) {
    site.top.largemem_partition = "huge";
    site.top.largemem_after = Seconds{60};
    site.top.largemem_eligible = Seconds{600};

    page();

    BOOST_TEST(slurm.running_filter.partition == "huge");
    BOOST_TEST((slurm.running_filter.started == clock.time - Seconds{60}));
    BOOST_TEST((slurm.running_filter.eligible == clock.time - Seconds{600}));
}

BOOST_AUTO_TEST_CASE(many_jobs_are_asked_for_in_a_few_queries_of_limited_length) {
    for (std::uint32_t id = 1; id <= 450; ++id) add_job(id);

    const auto& table = page().jobs;

    BOOST_TEST(metrics.texts.size() == 3U);
    BOOST_TEST(table.rows.size() == site.top.users);
    BOOST_TEST(table.more.count == 350U);
    BOOST_TEST(table.rows[0].number == "1");
    std::set<std::string> numbers;
    for (const auto& row : table.rows) numbers.insert(row.number);
    BOOST_TEST(numbers.size() == table.rows.size());
}

BOOST_AUTO_TEST_CASE(without_prometheus_the_jobs_stay_and_the_page_says_so) {
    add_job(1);
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
    };

    const auto& shown = page();

    BOOST_TEST(shown.notices.size() == 1U);
    BOOST_TEST(std::holds_alternative<Unavailable>(shown.jobs.rows.at(0).used_cores));
}

BOOST_AUTO_TEST_CASE(without_the_directory_owners_are_numbers_and_it_is_asked_once) {
    for (std::uint32_t id = 1; id <= 9; ++id) add_job(id, 1000 + id);
    directory.away = SourceError{SourceId::Ldap, Fault::Timeout, ""};

    const auto& shown = page();

    BOOST_TEST(shown.notices.size() == 1U);
    BOOST_TEST(shown.jobs.rows.at(0).user == "1001");
    BOOST_TEST(directory.asked == 1);
}

BOOST_AUTO_TEST_CASE(without_slurm_it_is_503) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/top/largemem/").status == 503);
}

BOOST_AUTO_TEST_SUITE_END()
