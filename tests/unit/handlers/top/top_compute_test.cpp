// Who holds and wastes the most: the numbers, their grades, order and search.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using views::Grade;

constexpr double kGib = 1024.0 * 1024 * 1024;

struct TopComputeFixture : fakes::PortalFixture {
    TopComputeFixture() { sign_in("boss", true); }

    /// A sample of the rule slurm_job:NAME for a user.
    void sample(const std::string& name, const std::string& user, double value) {
        set.series.push_back(fakes::part("slurm_job:" + name, {value}, {{"user", user}}));
    }
    void cores(const std::string& user, double allocated, double used) {
        sample("allocated_core:count_user_account", user, allocated);
        sample("used_core:sum_user_account", user, used);
    }
    void memory(const std::string& user, double allocated, double most) {
        sample("allocated_memory:sum_user_account", user, allocated * kGib);
        sample("max_memory:sum_user_account", user, most * kGib);
    }
    void gpus(const std::string& user, double allocated, std::optional<double> used,
              std::optional<double> busy) {
        sample("allocated_gpu:count_user_account", user, allocated);
        if (used) sample("used_gpu:sum_user_account", user, *used);
        if (busy) sample("non_idle_gpu:sum_user_account", user, *busy);
    }
    const views::TopComputePage& page(const std::string& query = "") {
        metrics.answers.insert_or_assign("slurm_job:allocated_core", set);
        const Response response = get("/secure/top/compute/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::TopComputePage>();
    }
    std::string order(const std::string& query = "") {
        std::string names;
        for (const auto& row : page(query).cores.rows) names += row.user.name + ' ';
        return names;
    }

    prometheus::SeriesSet set;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(top_compute, TopComputeFixture)

BOOST_AUTO_TEST_CASE(the_worst_waste_stands_first_and_numbers_compare_as_numbers) {
    cores("ann", 10, 1);
    cores("ben", 100, 80);
    cores("cat", 100, 99);
    sample("allocated_core:count_user_account", "dan", 1000);

    BOOST_TEST(order() == "ben ann cat dan ");
    BOOST_TEST(order("sort=-wasted") == "cat ann ben dan ");
    BOOST_TEST(order("sort=cores") == "dan ben cat ann ");
    BOOST_TEST(order("sort=user") == "ann ben cat dan ");
    BOOST_TEST(get("/secure/top/compute/", "sort=password").status == 400);
}

BOOST_AUTO_TEST_CASE(a_user_who_lacks_a_measure_has_no_data_there_and_nowhere_else) {
    sample("allocated_core:count_user_account", "ann", 8);
    memory("ann", 16, 4);
    sample("used_core:sum_user_account", "ben", 0);

    const auto& rows = page("sort=user").cores.rows;

    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST(std::get<double>(rows[0].cores) == 8);
    BOOST_TEST(std::holds_alternative<NoData>(rows[0].used_cores));
    BOOST_TEST(std::holds_alternative<NoData>(rows[0].wasted_cores));
    BOOST_TEST(std::holds_alternative<NoData>(rows[0].cores_share.value));
    BOOST_TEST(std::get<double>(rows[0].max_memory) == 4 * kGib);
    BOOST_TEST(std::get<double>(rows[1].used_cores) == 0);
    BOOST_TEST(std::holds_alternative<NoData>(rows[1].cores_share.value));
}

BOOST_AUTO_TEST_CASE(cores_with_two_threads_are_counted_once) {
    site.threads_per_core = 2;
    cores("ann", 16, 32);

    const auto& row = page().cores.rows.at(0);

    BOOST_TEST(metrics.texts.back().find(" / 2") != std::string::npos, metrics.texts.back());
    BOOST_TEST(std::get<double>(row.used_cores) == 16, "both threads of a core are one core");
}

BOOST_AUTO_TEST_CASE(both_threads_of_a_job_that_ended_are_not_used) {
    site.threads_per_core = 2;
    sample("used_core:sum_user_account", "ann", 32);
    set.series.push_back(fakes::part("cores_lately", {16.0}, {{"user", "ann"}}));
    cores("ben", 1, 52);

    const auto& rows = page().cores.rows;

    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0].cores_share.grade == Grade::Odd), "a broken counter stays odd");
}

BOOST_AUTO_TEST_CASE(a_job_that_ended_a_moment_ago_uses_none_of_the_cores_that_are_left) {
    cores("ann", 1, 52);
    set.series.push_back(fakes::part("cores_lately", {65.0}, {{"user", "ann"}}));
    sample("used_core:sum_user_account", "ben", 20);
    set.series.push_back(fakes::part("cores_lately", {64.0}, {{"user", "ben"}}));
    cores("cat", 4, 6);
    set.series.push_back(fakes::part("cores_lately", {4.0}, {{"user", "cat"}}));

    const auto& rows = page("sort=user").cores.rows;

    BOOST_TEST_REQUIRE(rows.size() == 2U, "nobody without a job is shown");
    BOOST_TEST(std::get<double>(rows[0].used_cores) == 1);
    BOOST_TEST((rows[1].cores_share.grade == Grade::Odd), "what nothing explains stays odd");
}

BOOST_AUTO_TEST_CASE(a_gpu_that_does_not_tell_its_use_neither_works_nor_wastes) {
    gpus("ann", 4, 1, 2);
    sample("unmeasured_gpu:count_user_account", "ann", 2);
    gpus("ben", 2, std::nullopt, std::nullopt);
    sample("unmeasured_gpu:count_user_account", "ben", 2);

    const auto& table = page("gpu_sort=user").gpus;

    BOOST_TEST_REQUIRE(table.rows.size() == 2U);
    BOOST_TEST(std::get<double>(table.rows[0].wasted) == 1);
    BOOST_TEST((table.rows[0].busy_grade == Grade::Unknown), "nobody knows whether all worked");
    BOOST_TEST(std::holds_alternative<NoData>(table.rows[1].wasted));
    BOOST_TEST(table.open.id.starts_with("The use of {0} GPU is not known"));
    BOOST_TEST(table.open.count == 4U);
}

BOOST_AUTO_TEST_CASE(memory_of_jobs_without_a_limit_is_no_share_of_what_others_may_use) {
    site.verdicts = usual_verdicts();
    memory("ann", 100, 130);
    sample("unlimited_max_memory:sum_user_account", "ann", 120 * kGib);

    const auto& table = page().cores;

    BOOST_TEST(std::get<double>(table.rows.at(0).max_memory) == 130 * kGib);
    BOOST_TEST(std::get<double>(table.rows.at(0).memory_share.value) == 0.1);
    BOOST_TEST((table.rows.at(0).memory_share.grade != Grade::Odd));
    BOOST_TEST(!table.open.empty());
}

struct Judged {
    double allocated;
    double used;
    Grade grade;
};
std::ostream& operator<<(std::ostream& out, const Judged& one) {
    return out << one.used << " of " << one.allocated;
}

BOOST_DATA_TEST_CASE(cores_are_judged_by_the_limits_of_the_site,
                     boost::unit_test::data::make(std::vector<Judged>{{100, 39.9, Grade::Poor},
                                                                      {100, 40, Grade::Fair},
                                                                      {100, 74.9, Grade::Fair},
                                                                      {100, 75, Grade::Good},
                                                                      {1, 0.1, Grade::Unknown},
                                                                      {2, 0.9, Grade::Fair},
                                                                      {100, 101, Grade::Good},
                                                                      {9, 10, Grade::Odd}})) {
    site.verdicts = usual_verdicts();
    cores("ann", sample.allocated, sample.used);

    const auto& row = page().cores.rows.at(0);

    BOOST_TEST((row.cores_share.grade == sample.grade));
    BOOST_TEST(std::get<double>(row.wasted_cores) >= 0);
}

BOOST_DATA_TEST_CASE(little_memory_is_not_judged,
                     boost::unit_test::data::make(std::vector<Judged>{{0.9, 0.01, Grade::Unknown},
                                                                      {1, 0.09, Grade::Poor},
                                                                      {100, 10, Grade::Fair},
                                                                      {100, 40, Grade::Good},
                                                                      {0, 0, Grade::Unknown}})) {
    site.verdicts = usual_verdicts();
    memory("ann", sample.allocated, sample.used);

    BOOST_TEST((page().cores.rows.at(0).memory_share.grade == sample.grade));
}

BOOST_AUTO_TEST_CASE(gpus_are_idle_only_where_something_measured_them) {
    gpus("ann", 4, 0, std::nullopt);
    gpus("ben", 4, std::nullopt, std::nullopt);
    gpus("cat", 10, 5.5, 9);
    gpus("dan", 2, 1.9, 2);

    const auto& rows = page("gpu_sort=user").gpus.rows;

    BOOST_TEST_REQUIRE(rows.size() == 4U);
    BOOST_TEST(std::get<double>(rows[0].busy) == 0);
    BOOST_TEST((rows[0].busy_grade == Grade::Poor && rows[0].used_grade == Grade::Poor));
    BOOST_TEST(std::holds_alternative<NoData>(rows[1].busy));
    BOOST_TEST((rows[1].busy_grade == Grade::Unknown));
    BOOST_TEST((rows[2].busy_grade == Grade::Fair && rows[2].used_grade == Grade::Unknown));
    BOOST_TEST((rows[3].busy_grade == Grade::Good));
}

BOOST_AUTO_TEST_CASE(a_search_narrows_both_tables_and_keeps_their_order) {
    cores("ann", 10, 1);
    cores("anna", 10, 2);
    cores("ben", 10, 3);
    gpus("ben", 1, 0, std::nullopt);

    const auto& shown = page("user=an&sort=used");

    BOOST_TEST(shown.cores.rows.size() == 2U);
    BOOST_TEST(shown.cores.rows[0].user.name == "anna");
    BOOST_TEST(shown.gpus.rows.empty());
    BOOST_TEST(shown.wanted == "an");
    BOOST_TEST(shown.kept.at(0).second == "used");
    BOOST_TEST(shown.cores.columns.at(1).link == "/secure/top/compute/?user=an&sort=wasted");
}

BOOST_AUTO_TEST_CASE(every_login_can_be_searched_for_whatever_the_case_of_its_letters) {
    const std::vector<std::pair<std::string, std::string>> logins = {
        {"ad.user@corp", "AD.User@corp"},
        {"o'neil", "O%27N"},
        {"jean+x", "jean%2Bx"},
        {"\xC3\xA9lodie", "%C3%A9lo"},
        {"smith", "Smith"},
        {std::string(44, 'a'), std::string(44, 'A')}};
    for (const auto& [login, typed] : logins) cores(login, 10, 1);
    for (const auto& [login, typed] : logins) {
        BOOST_TEST(order("user=" + typed) == login + ' ', login);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_begin_a_login_is_refused_and_never_asked_for) {
    for (const char* query :
         {"user=a%22", "user=.*%7C", "user=a%20b", "user=%E2%80%8B", "user=-a", "user=a&user=b"}) {
        BOOST_TEST(get("/secure/top/compute/", query).status == 400, query);
    }
    BOOST_TEST(get("/secure/top/compute/", "user=" + std::string(65, 'a')).status == 400);
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(everybody_is_asked_for_in_one_query_without_a_list_of_names) {
    cores("ann", 10, 1);

    page();

    BOOST_TEST_REQUIRE(metrics.texts.size() == 1U);
    BOOST_TEST(metrics.texts[0].find("=~") == std::string::npos);
    BOOST_TEST(metrics.grids[0].instant());
}

BOOST_AUTO_TEST_CASE(more_users_than_the_site_wants_are_counted) {
    site.top.users = 2;
    for (const char* name : {"a", "b", "c", "d", "e"}) cores(name, 4, 1);

    const auto& table = page().cores;

    BOOST_TEST(table.rows.size() == 2U);
    BOOST_TEST(table.more.count == 3U);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_login_has_no_link) {
    cores("", 4, 1);
    cores("a/b\"", 4, 1);
    cores("ann", 4, 1);

    for (const auto& row : page().cores.rows) {
        BOOST_TEST(row.user.link == (row.user.name == "ann" ? "/secure/jobstats/ann/" : ""));
    }
}

BOOST_AUTO_TEST_CASE(only_staff_see_it) {
    for (const char* path :
         {"/secure/top/", "/secure/top/compute/", "/secure/top/largemem/", "/secure/top/lustre/",
          "/secure/top/lustre/graph/lustre_mdt/lustre03.json"}) {
        sign_in("alice", false);
        BOOST_TEST(get(path).status == 404, path);
        sign_in("boss", true);
        BOOST_TEST(get(path).status == 200, path);
    }
}

BOOST_AUTO_TEST_CASE(without_prometheus_it_is_503_and_without_its_exporter_404) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
    };
    BOOST_TEST(get("/secure/top/compute/").status == 503);
    BOOST_TEST((views.last<views::ErrorPage>()->missing == SourceId::Prometheus));

    site.exporters.job.enabled = false;
    BOOST_TEST(get("/secure/top/compute/").status == 404);
    get("/secure/top/");
    BOOST_TEST(views.last<views::TopIndexPage>()->cards.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
