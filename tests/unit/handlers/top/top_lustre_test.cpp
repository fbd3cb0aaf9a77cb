// The heaviest users of each file system.
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;

struct TopLustreFixture : fakes::PortalFixture {
    TopLustreFixture() { sign_in("boss", true); }
    Response graph(const std::string& path, const std::string& query = "") {
        return get("/secure/top/lustre/graph/" + path + ".json", query);
    }
    void answer(const std::vector<prometheus::Series>& series) {
        metrics.otherwise = [series](const std::string&, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = series, .warnings = {}};
            for (auto& one : set.series) one.values.resize(grid.count, one.values.at(0));
            return set;
        };
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(top_lustre, TopLustreFixture)

BOOST_AUTO_TEST_CASE(a_file_system_is_matched_whole_and_root_is_left_out) {
    graph("lustre_mdt/lustre03");

    BOOST_TEST(metrics.texts.at(0).find("fs=\"lustre03\",user!=\"root\"") != std::string::npos,
               metrics.texts[0]);
    BOOST_TEST(metrics.texts[0].find("=~") == std::string::npos);
    BOOST_TEST(metrics.texts[0].starts_with("topk(5, sum by (user) (max by (fs,target,jobid,"),
               metrics.texts[0]);
}

BOOST_AUTO_TEST_CASE(reads_and_writes_have_a_graph_each) {
    BOOST_TEST(graph("lustre_ost_read/lustre03").status == 200);
    BOOST_TEST(metrics.texts.at(0).find("lustre_job_read_bytes_total") != std::string::npos);
    BOOST_TEST(graph("lustre_ost_write/lustre03").status == 200);
    BOOST_TEST(metrics.texts.back().find("lustre_job_write_bytes_total") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_does_not_exist_is_not_found_and_not_asked_for) {
    for (const char* path :
         {"lustre_ost_erase/lustre03", "lustre_ost_read/lustre99", "lustre_mdt/lustre03\"}",
          "lustre_mdt/.*", "lustre_ost/lustre03", "lustre_mdt/lustre0"}) {
        BOOST_TEST(graph(path).status == 404, path);
    }
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(traffic_without_a_name_is_that_of_others) {
    answer({{{{"user", "ann"}}, {5}}, {{}, {7}}, {{{"user", "idle"}}, {0}}});

    const std::string body = graph("lustre_mdt/lustre03").body;

    BOOST_TEST(body.find("\"id\":\"user\",\"labels\":{\"user\":\"ann\"}") != std::string::npos);
    BOOST_TEST(body.find("\"id\":\"others\",\"labels\":{}") != std::string::npos, body);
    BOOST_TEST(body.find("idle") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(six_hours_are_shown_and_seven_days_are_the_longest) {
    graph("lustre_mdt/lustre03");
    BOOST_TEST((metrics.grids.back().last() - metrics.grids.back().start <= Seconds{6 * 3600}));
    graph("lustre_mdt/lustre03", "delta=99999999");
    BOOST_TEST((metrics.grids.back().last() - metrics.grids.back().start <= Seconds{7 * 86400}));
    BOOST_TEST(graph("lustre_mdt/lustre03", "delta=x").status == 400);
    BOOST_TEST(get("/secure/top/lustre/", "delta=x").status == 400);
}

BOOST_AUTO_TEST_CASE(each_file_system_has_three_charts) {
    get("/secure/top/lustre/");

    BOOST_TEST_REQUIRE(views.last<views::TopLustrePage>()->file_systems.size() == 2U);
    BOOST_TEST(views.last<views::TopLustrePage>()->file_systems[1].charts.at(2).src ==
               "/secure/top/lustre/graph/lustre_ost_write/lustre04.json");
}

BOOST_AUTO_TEST_CASE(without_an_exporter_there_is_no_page_and_no_way_to_it) {
    site.exporters.lustre.enabled = false;

    BOOST_TEST(get("/secure/top/lustre/").status == 404);
    BOOST_TEST(graph("lustre_mdt/lustre03").status == 404);
    get("/secure/top/");
    for (const auto& card : views.last<views::TopIndexPage>()->cards)
        BOOST_TEST(!card.link.ends_with("lustre/"));
}

BOOST_AUTO_TEST_CASE(without_prometheus_the_graph_says_so) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
    };

    const Response response = graph("lustre_mdt/lustre03");

    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body == "{\"error\":\"prometheus\"}");
}

BOOST_AUTO_TEST_SUITE_END()
