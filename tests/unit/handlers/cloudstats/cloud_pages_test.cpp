// Pages of OpenStack projects and their machines, and who may see them.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "handlers/access/project_name.h"
#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using Members = CloudExporter::Members;
using State = views::InstanceState;

constexpr double kGib = 1024.0 * 1024 * 1024;
constexpr const char* kProject = "/secure/cloudstats/project/def-smith/";
constexpr const char* kFirst = "11111111-2222-3333-4444-555555555555";
constexpr const char* kSecond = "66666666-7777-8888-9999-aaaaaaaaaaaa";

struct CloudPagesFixture : fakes::PortalFixture {
    CloudPagesFixture() {
        directory.groups = {{"def-smith", {"alice"}, {}}, {"rrg-other", {"bob"}, {}}};
    }

    void add(const std::string& part, const std::string& uuid, double value,
             std::vector<prometheus::Label> labels = {}) {
        labels.push_back({"uuid", uuid});
        set.series.push_back(fakes::part(part, {value}, std::move(labels)));
        metrics.answers.insert_or_assign("\"seen\"", set);
    }
    /// Its cores were as busy as that for this many samples, of a minute each.
    void busy(const std::string& uuid, double share, double samples) {
        const auto answer = [&](double value) {
            return prometheus::SeriesSet{{}, {fakes::part("", {value}, {{"uuid", uuid}})}, {}};
        };
        metrics.answers.insert_or_assign("increase(", answer(share * samples * 60e9));
        metrics.answers.insert_or_assign("(count_over_time(libvirtd_domain_vcpu", answer(samples));
    }
    void seen(const std::string& uuid, const std::string& name, Seconds ago,
              const std::string& flavor = "p2-4gb") {
        const auto when = static_cast<double>(unix_seconds(clock.time - ago));
        add("seen", uuid, when, {{"instance_name", name}, {"instance_type", flavor}});
    }
    const views::CloudProjectPage& page(const std::string& query = "") {
        const Response response = get(kProject, query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::CloudProjectPage>();
    }
    void no_prometheus() {
        metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
            return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
        };
    }

    prometheus::SeriesSet set;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cloud_pages, CloudPagesFixture)

BOOST_AUTO_TEST_CASE(a_machine_shows_what_it_has_and_uses) {
    seen(kFirst, "web", Seconds{30});
    add("state", kFirst, 1);
    add("vcpus", kFirst, 4);
    busy(kFirst, 0.25, 60);
    add("memory", kFirst, 8 * 1024 * 1024);
    add("used_memory", kFirst, 2 * 1024 * 1024);

    const auto& row = page().instances.at(0);

    BOOST_TEST(row.name == "web");
    BOOST_TEST(row.flavor == "p2-4gb");
    BOOST_TEST(row.link == std::string(kProject) + kFirst + "/");
    BOOST_TEST((row.state == State::Running));
    BOOST_TEST(!row.stopped.has_value());
    BOOST_TEST(std::get<double>(row.vcpus.share.value) == 0.25);
    BOOST_TEST(std::get<double>(row.memory.allocated) == 8 * kGib);
    BOOST_TEST(std::get<double>(row.memory.used) == 2 * kGib);
}

BOOST_AUTO_TEST_CASE(a_machine_without_a_balloon_driver_has_no_data_and_not_zero) {
    seen(kFirst, "web", Seconds{30});
    add("memory", kFirst, 1024);

    const auto& row = page().instances.at(0);

    BOOST_TEST(std::holds_alternative<NoData>(row.memory.used));
    BOOST_TEST(std::holds_alternative<NoData>(row.memory.share.value));
}

BOOST_AUTO_TEST_CASE(a_use_below_zero_is_not_known_and_one_above_all_is_odd) {
    seen(kFirst, "a", Seconds{30});
    seen(kSecond, "b", Seconds{30});
    for (const char* uuid : {kFirst, kSecond}) add("memory", uuid, 1024);
    add("used_memory", kFirst, -1);
    add("used_memory", kSecond, 1100);

    const auto& rows = page().instances;

    BOOST_TEST(std::holds_alternative<NoData>(rows.at(0).memory.used));
    BOOST_TEST((rows.at(0).memory.share.grade == views::Grade::Unknown));
    BOOST_TEST((rows.at(1).memory.share.grade == views::Grade::Odd));
    get(std::string(kProject) + "graph/memory.json");
    BOOST_TEST(metrics.texts.at(metrics.texts.size() - 2).find(")) >= 0 <= ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(totals_are_of_the_machines_that_are_on_suspended_ones_among_them) {
    get("/secure/cloudstats/");

    const std::string& asked = metrics.texts.at(0);
    const auto on = asked.find(" >= 7 <= 7)");
    BOOST_TEST(on != std::string::npos, asked);
    std::size_t joined = 0;
    for (auto at = asked.find("/ on (project_name,uuid) count by (project_name,uuid)");
         at != std::string::npos; at = asked.find("/ on (project_name,uuid)", at + 1)) {
        ++joined;
    }
    BOOST_TEST(joined == 2U, asked);
}

BOOST_AUTO_TEST_CASE(a_machine_that_is_over_says_since_when_and_stands_behind_those_that_run) {
    seen(kFirst, "a-stopped", Seconds{7200});
    seen(kSecond, "b-running", Seconds{10});
    add("state", kSecond, 3);

    const auto& rows = page().instances;

    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST((rows[0].state == State::Paused));
    BOOST_TEST((rows[1].state == State::Stopped));
    BOOST_TEST((rows[1].stopped.value() == clock.time - Seconds{7200}));
}

BOOST_AUTO_TEST_CASE(states_are_those_of_libvirt) {
    const std::vector<std::pair<double, State>> states = {
        {0, State::Running}, {1, State::Running}, {2, State::Running}, {3, State::Paused},
        {4, State::Stopped}, {5, State::Stopped}, {6, State::Stopped}, {7, State::Paused}};
    for (const auto& [number, state] : states) {
        set.series.clear();
        seen(kFirst, "web", Seconds{30});
        add("state", kFirst, number);
        BOOST_TEST((page().instances.at(0).state == state), "state " << number);
    }
}

BOOST_AUTO_TEST_CASE(one_seen_for_a_moment_has_no_time_and_a_renamed_one_its_last_name) {
    seen(kFirst, "old", Seconds{5000});
    seen(kFirst, "new", Seconds{50}, "p8-16gb");
    add("seen", kSecond, 1, {{"instance_name", "brief"}, {"instance_type", "p1"}});

    const auto& rows = page().instances;

    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST(rows[0].name == "brief");
    BOOST_TEST(!rows[0].stopped.has_value());
    BOOST_TEST(rows[1].name == "new");
    BOOST_TEST(rows[1].flavor == "p8-16gb");
}

BOOST_AUTO_TEST_CASE(every_question_about_a_machine_names_its_project_too) {
    const std::string machine = std::string(kProject) + kFirst + "/";
    get(machine);
    get(machine + "graph/memory.json");
    std::size_t selectors = 0;
    for (const std::string& text : metrics.texts) {
        for (auto at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
            const std::string braces = text.substr(at, text.find('}', at) - at);
            BOOST_TEST(braces.find("project_name=\"def-smith\"") != std::string::npos, braces);
            BOOST_TEST(braces.find(std::string("uuid=\"") + kFirst) != std::string::npos, braces);
            ++selectors;
        }
    }
    BOOST_TEST(selectors >= 9U);
}

BOOST_AUTO_TEST_CASE(a_machine_that_the_project_does_not_have_is_not_found) {
    BOOST_TEST(get(std::string(kProject) + kFirst + "/").status == 404);

    seen(kFirst, "web", Seconds{86400 * 20});
    const Response response = get(std::string(kProject) + kFirst + "/", "delta=86400");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(views.last<views::CloudInstancePage>()->frame.crumbs.at(1).link ==
               std::string(kProject) + "?delta=86400");
}

BOOST_AUTO_TEST_CASE(what_is_no_uuid_is_not_found_and_not_asked_for) {
    for (const char* uuid :
         {"graph", "cpu", "11111111-2222-3333-4444-55555555555", "1%7C2", "..",
          "11111111-2222-3333-4444-55555555555G", "11111111222233334444555555555555"}) {
        BOOST_TEST(get(std::string(kProject) + uuid + "/").status == 404, uuid);
        BOOST_TEST(get(std::string(kProject) + uuid + "/graph/cpu.json").status == 404, uuid);
    }
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(members_and_staff_see_a_project_and_others_find_nothing) {
    BOOST_TEST(get(kProject).status == 200);
    BOOST_TEST(get("/secure/cloudstats/project/rrg-other/").status == 404);
    sign_in("bob", false);
    BOOST_TEST(get(kProject).status == 404);
    BOOST_TEST(get(std::string(kProject) + "graph/cpu.json").status == 404);
    sign_in("boss", true);
    BOOST_TEST(get(kProject).status == 200);
}

BOOST_AUTO_TEST_CASE(a_membership_that_cannot_be_checked_is_503) {
    directory.away = SourceError{SourceId::Ldap, Fault::Timeout, ""};

    BOOST_TEST(get(kProject).status == 503);
    const Response graph = get(std::string(kProject) + "graph/cpu.json");
    BOOST_TEST(graph.status == 503);
    BOOST_TEST(graph.body == "{\"error\":\"ldap\"}");
    sign_in("boss", true);
    BOOST_TEST(get(kProject).status == 200);
}

BOOST_AUTO_TEST_CASE(a_list_of_the_configuration_replaces_the_directory) {
    site.exporters.cloud.members = Members::List;
    site.cloud_members = {{"lab", {"alice"}}, {"def-smith", {"bob"}}};
    directory.away = SourceError{SourceId::Ldap, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/cloudstats/project/lab/").status == 200);
    BOOST_TEST(get(kProject).status == 404);
    get("/secure/cloudstats/");
    BOOST_TEST_REQUIRE(views.last<views::CloudListPage>()->projects.size() == 1U);
    BOOST_TEST(views.last<views::CloudListPage>()->projects[0].name == "lab");
}

BOOST_AUTO_TEST_CASE(members_see_their_projects_even_without_machines) {
    get("/secure/cloudstats/");

    BOOST_TEST_REQUIRE(views.last<views::CloudListPage>()->projects.size() == 1U);
    BOOST_TEST(!views.last<views::CloudListPage>()->all);
    BOOST_TEST(views.last<views::CloudListPage>()->projects[0].link == kProject);
    BOOST_TEST(std::get<double>(views.last<views::CloudListPage>()->projects[0].running) == 0);
    BOOST_TEST(metrics.texts.at(0).find("project_name=~\"def-smith\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(staff_see_all_projects_with_running_ones_first) {
    sign_in("boss", true);
    const auto project = [&](const char* part, const char* name, double value) {
        set.series.push_back(fakes::part(part, {value}, {{"project_name", name}}));
    };
    project("lately", "aa", 1);
    project("lately", "b\"b", 2);
    project("running", "b\"b", 2);
    project("memory", "b\"b", 1024);
    metrics.answers.insert_or_assign("libvirtd_domain_domain_state", set);

    get("/secure/cloudstats/");

    BOOST_TEST_REQUIRE(views.last<views::CloudListPage>()->projects.size() == 2U);
    BOOST_TEST(views.last<views::CloudListPage>()->all);
    BOOST_TEST(views.last<views::CloudListPage>()->projects[0].name == "b\"b");
    BOOST_TEST(views.last<views::CloudListPage>()->projects[0].link == "");
    BOOST_TEST(std::get<double>(views.last<views::CloudListPage>()->projects[0].memory) ==
               1024 * 1024);
    BOOST_TEST(metrics.texts.at(0).find("project_name=") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_prometheus_a_members_list_stays_and_pages_are_503) {
    no_prometheus();

    BOOST_TEST(get("/secure/cloudstats/").status == 200);
    BOOST_TEST(std::holds_alternative<Unavailable>(
        views.last<views::CloudListPage>()->projects[0].running));
    BOOST_TEST(views.last<views::CloudListPage>()->notices.size() == 1U);
    BOOST_TEST(get(kProject).status == 503);
    sign_in("boss", true);
    BOOST_TEST(get("/secure/cloudstats/").status == 503);
}

BOOST_AUTO_TEST_CASE(ranges_follow_the_links_of_the_page) {
    seen(kFirst, "web", Seconds{30});

    const auto& shown = page("delta=2592000");

    BOOST_TEST(shown.instances.at(0).link == std::string(kProject) + kFirst + "/?delta=2592000");
    BOOST_TEST(shown.ranges.at(2).current);
    BOOST_TEST(metrics.texts.at(0).find("[2592000s:") != std::string::npos);
    BOOST_TEST(get(kProject, "delta=x").status == 400);
}

BOOST_AUTO_TEST_CASE(without_an_exporter_there_is_no_cloud) {
    site.exporters.cloud.enabled = false;

    BOOST_TEST(get("/secure/cloudstats/").status == 404);
    BOOST_TEST(get(kProject).status == 404);
    BOOST_TEST(get(std::string(kProject) + "graph/cpu.json").status == 404);
}

BOOST_AUTO_TEST_CASE(names_of_projects_hold_no_mark_of_a_query) {
    for (const char* name : {"def-smith", "Équipe de Zoé", "a", "lab_2.x"}) {
        BOOST_TEST(is_project_name(name), name);
    }
    for (const char* name :
         {"", " a", "a ", "a\"", "a\\", "a}", "a{b", "a'", "a\n", "a/b", "\xFF", "a\x7F"}) {
        BOOST_TEST(!is_project_name(name), name);
    }
    BOOST_TEST(is_project_name(std::string(64, 'a')));
    BOOST_TEST(!is_project_name(std::string(65, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()
