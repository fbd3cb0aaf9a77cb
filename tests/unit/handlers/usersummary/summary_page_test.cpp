#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::part;

constexpr double kGibi = 1024.0 * 1024 * 1024;

/// Alice with a home of 50 GiB, a scratch without known limits, and one project.
struct SummaryFixture : fakes::PortalFixture {
    SummaryFixture() {
        site.modules = {"usersummary", "jobstats"};
        site.exporters.quota.enabled = true;
        site.quotas = {
            {"home", {"Home", "Dossier"}, "/home/", "user", QuotaKind::Owner::User, 500e3, 50.0},
            {"scratch",
             {"Scratch", "Scratch"},
             "/scratch/",
             "user",
             QuotaKind::Owner::User,
             {},
             {}},
            {"project",
             {"Project", "Projet"},
             "/p/",
             "project",
             QuotaKind::Owner::Allocation,
             {},
             {}}};
        directory.groups = {{"def-smith", {"alice"}, {}}, {"cloud", {"alice"}, {}}};
        directory.groups[0].resources.project_storage = Bytes{std::uint64_t{1} << 40U};
    }
    static prometheus::Series series(const std::string& metric, const std::string& path,
                                     const std::string& label, const std::string& name,
                                     double value) {
        return part(metric, {value}, {{"path", path}, {label, name}});
    }
    void measured(std::vector<prometheus::Series> all) {
        prometheus::SeriesSet set;
        set.series = std::move(all);
        metrics.answers.insert_or_assign("lfs_quota", set);
    }
    const views::SummaryPage& page() {
        const Response response = get("/secure/usersummary/alice/");
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::SummaryPage>();
    }
    const views::Quota& quota(const std::string& title) {
        for (const views::Quota& one : page().quotas) {
            if (one.title == title) return one;
        }
        throw std::out_of_range(title);
    }
    slurm::Job running(std::uint32_t id) const {
        slurm::Job one = finished_job(id);
        one.state = JobState::Running;
        one.ended.reset();
        return one;
    }
    slurm::Job waiting(std::uint32_t id) const {
        slurm::Job one = running(id);
        one.state = JobState::Pending;
        one.started.reset();
        return one;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(summary_page, SummaryFixture)

BOOST_AUTO_TEST_CASE(quotas_of_every_kind_stand_the_fullest_first) {
    measured({series("lfs_quota_kbytes", "/home/", "user", "alice", 41 * kGibi / 1024),
              series("lfs_quota_inodes", "/home/", "user", "alice", 500e3),
              series("lfs_quota_kbytes", "/p/", "project", "def-smith", 1024)});

    const auto& quotas = page().quotas;

    BOOST_TEST_REQUIRE(quotas.size() == 3U);
    BOOST_TEST(quotas[0].title == "Home");
    BOOST_TEST(quotas[0].bytes.ratio().value() == 0.82);
    BOOST_TEST(quotas[0].files.ratio().value() == 1);
    BOOST_TEST(quotas[1].title == "def-smith");
    BOOST_TEST(quotas[1].place == "Project");
    BOOST_TEST(std::get<double>(quotas[1].bytes.used) == 1024.0 * 1024);
}

BOOST_AUTO_TEST_CASE(who_has_no_series_has_no_data_and_not_zero) {
    measured({});

    const auto& home = quota("Home");

    BOOST_TEST(std::holds_alternative<NoData>(home.bytes.used));
    BOOST_TEST(home.bytes.none.id == "less than 4 MiB, or not measured");
    BOOST_TEST(home.files.none.id == "less than 50 files, or not measured");
}

BOOST_AUTO_TEST_CASE(a_series_of_another_path_or_name_is_somebody_elses) {
    measured({series("lfs_quota_kbytes", "/home2/", "user", "alice", 1),
              series("lfs_quota_kbytes", "/home/", "user", "alic", 1),
              series("lfs_quota_kbytes", "/home/", "project", "alice", 1)});

    BOOST_TEST(std::holds_alternative<NoData>(quota("Home").bytes.used));
}

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_configuration_and_of_the_directory) {
    BOOST_TEST(quota("Home").bytes.limit.value() == 50 * kGibi);
    BOOST_TEST(!quota("Scratch").bytes.limit.has_value());
    BOOST_TEST(quota("def-smith").bytes.limit.value() == 1024 * kGibi);
    BOOST_TEST(!quota("def-smith").files.limit.has_value());
}

BOOST_AUTO_TEST_CASE(names_are_compared_exactly_and_in_one_question) {
    directory.groups[1].resources.project_inodes = 1e6;
    directory.groups[1].group = "a.b|c";
    page();

    // The newest values at once, those of days for each number of each kind, and the use of now.
    BOOST_TEST_REQUIRE(metrics.texts.size() == 1U + 2 * 3 + 1);
    const std::string& asked = metrics.texts[0];
    BOOST_TEST(asked.find("path=\"/home/\",user=\"alice\"") != std::string::npos);
    BOOST_TEST(asked.find("max by (path,user) (") != std::string::npos, "whoever exports it");
    BOOST_TEST(asked.find("project=~\"def-smith|a\\\\.b\\\\|c\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_quota_may_be_under_any_login_of_a_person_and_the_largest_value_counts) {
    directory.people[0].logins = {"alice", "a.smith"};
    measured({series("lfs_quota_kbytes", "/home/", "user", "a.smith", 2048),
              series("lfs_quota_inodes", "/home/", "user", "alice", 7),
              series("lfs_quota_inodes", "/home/", "user", "a.smith", 3)});

    const auto& home = quota("Home");

    BOOST_TEST(metrics.texts[0].find("user=~\"alice|a\\\\.smith\"") != std::string::npos,
               metrics.texts[0]);
    BOOST_TEST_REQUIRE(std::holds_alternative<double>(home.bytes.used));
    BOOST_TEST(std::get<double>(home.bytes.used) == 2048.0 * 1024);
    BOOST_TEST(std::get<double>(home.files.used) == 7);
    BOOST_TEST(page().quotas.size() == 3U);
    const std::string graph = get("/secure/usersummary/alice/graph/quota_inodes.json").body;
    BOOST_TEST(graph.find("\"Home\"") != std::string::npos, graph);
}

BOOST_AUTO_TEST_CASE(a_quota_that_grows_steadily_says_when_it_is_full) {
    std::vector<double> days;
    for (int day = 0; day < 91; ++day) days.push_back((20 + 0.2 * day) * kGibi / 1024);
    prometheus::SeriesSet set;
    set.series = {part("lfs_quota_kbytes", days, {{"path", "/home/"}, {"user", "alice"}})};
    metrics.answers.insert_or_assign("lfs_quota_kbytes", set);

    const auto& home = quota("Home");

    BOOST_TEST_REQUIRE(home.bytes.pace.has_value());
    const auto left = home.bytes.pace->expected - clock.now();
    BOOST_TEST((left / std::chrono::hours{24} == 60));
    BOOST_TEST(!home.files.pace.has_value());
}

BOOST_AUTO_TEST_CASE(without_a_limit_nothing_gets_full) {
    for (QuotaKind& kind : site.quotas) kind.gib = kind.inodes = {};
    directory.groups.clear();
    page();

    BOOST_TEST(metrics.texts.size() == 2U);
}

BOOST_AUTO_TEST_CASE(running_jobs_come_before_waiting_ones_and_ten_are_shown) {
    slurm.jobs = {waiting(90), waiting(89), running(80)};
    for (std::uint32_t id = 70; id > 50; --id) slurm.jobs.push_back(finished_job(id));

    const auto& shown = page();

    BOOST_TEST(shown.waiting.size() == 2U);
    BOOST_TEST_REQUIRE(shown.jobs.size() == 8U);
    BOOST_TEST(shown.jobs[0].rows[0].number == "80");
    BOOST_TEST(shown.jobs[1].rows[0].number == "70");
    BOOST_TEST(shown.now.running_jobs == 1U);
    BOOST_TEST(shown.waiting_jobs.value() == 2U);
}

BOOST_AUTO_TEST_CASE(many_that_run_and_wait_leave_places_for_the_others) {
    for (std::uint32_t id = 200; id > 100; --id) slurm.jobs.push_back(waiting(id));
    for (std::uint32_t id = 90; id > 70; --id) slurm.jobs.push_back(running(id));
    slurm.jobs.push_back(finished_job(95));
    slurm.jobs.push_back(finished_job(94));

    const auto& shown = page();

    BOOST_TEST(shown.waiting.size() == 2U);
    BOOST_TEST_REQUIRE(shown.jobs.size() == 8U);
    BOOST_TEST(shown.jobs[5].rows[0].number == "85");
    BOOST_TEST(shown.jobs[7].rows[0].number == "94");
    BOOST_TEST(shown.waiting_jobs.value() == 100U);
}

BOOST_AUTO_TEST_CASE(slurm_away_leaves_the_quotas) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    const auto& shown = page();

    BOOST_TEST(shown.jobs_unavailable);
    BOOST_TEST(shown.quotas.size() == 3U);
    BOOST_TEST(shown.notices.size() == 1U);
}

BOOST_AUTO_TEST_CASE(prometheus_away_leaves_the_jobs) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
    };
    slurm.jobs = {finished_job(7)};

    const auto& shown = page();

    BOOST_TEST(shown.jobs.size() == 1U);
    BOOST_TEST(std::holds_alternative<Unavailable>(shown.quotas[0].bytes.used));
}

BOOST_AUTO_TEST_CASE(the_directory_away_is_a_503) {
    directory.away = SourceError{SourceId::Ldap, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/usersummary/alice/").status == 503);
}

BOOST_AUTO_TEST_CASE(without_the_exporter_there_are_no_quotas_and_no_graphs_of_them) {
    site.exporters.quota.enabled = false;

    BOOST_TEST(page().quotas.empty());
    BOOST_TEST(get("/secure/usersummary/alice/graph/quota_bytes.json").status == 404);
}

BOOST_AUTO_TEST_CASE(a_graph_has_a_line_for_each_quota_with_a_series) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid& grid) {
        prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
        set.series = {series("lfs_quota_kbytes", "/home/", "user", "alice", 0),
                      series("lfs_quota_inodes", "/p/", "project", "def-smith", 0)};
        for (auto& one : set.series) one.values.assign(grid.count, 3);
        return fakes::FakeMetrics::Answer(set);
    };

    const Response bytes = get("/secure/usersummary/alice/graph/quota_bytes.json");
    const Response both = get("/secure/usersummary/alice/graph/quota.json");

    BOOST_TEST(bytes.status == 200);
    BOOST_TEST(bytes.body.find("\"Home\"") != std::string::npos);
    BOOST_TEST(bytes.body.find("3072") != std::string::npos);
    BOOST_TEST(bytes.body.find("def-smith") == std::string::npos);
    BOOST_TEST(both.body.find("def-smith") != std::string::npos);
    for (auto& kind : site.quotas) kind.gib = 3.0 * 1024 * 4 / kGibi;
    const std::string share = get("/secure/usersummary/alice/graph/quota_share.json").body;
    BOOST_TEST(share.find("\"limit\":{\"id\":\"quota\",\"value\":100}") != std::string::npos,
               share);
    BOOST_TEST(share.find("quota_space") != std::string::npos);
    BOOST_TEST(share.find("25") != std::string::npos);
    BOOST_TEST(share.find("def-smith") == std::string::npos, "no limit of its files is known");
    BOOST_TEST(fakes::header(bytes, "Vary") == "Cookie, Accept-Language");
    BOOST_TEST(get("/secure/usersummary/alice/graph/x.json").status == 404);
    BOOST_TEST(get("/secure/usersummary/alice/graph/quota.json", "delta=x").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
