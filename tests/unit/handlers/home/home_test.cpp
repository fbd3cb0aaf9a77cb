#include "handlers/home/home.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::header;
using fakes::part;

const std::string kBandwidth = "/graph/lustre/lustre04/ost.json";

struct HomeSuite : fakes::PortalFixture {
    HomeSuite() {
        identity = {};
        site.home = {{{"About", "À propos"}, {"Text", "Texte"}, "/docs", {"More", "Plus"}}};
        metrics.otherwise = [](const std::string&, const prometheus::Grid& grid) {
            const std::vector<double> values(grid.count, 5e8);
            return prometheus::SeriesSet{.grid = grid,
                                         .series = {part("read", values), part("write", values)},
                                         .warnings = {}};
        };
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(home, HomeSuite)

BOOST_AUTO_TEST_CASE(everybody_gets_the_page_and_it_asks_nobody) {
    BOOST_TEST(get("/").status == 200);
    BOOST_TEST(views.last<views::HomePage>()->texts.at(0).title == "About");
    BOOST_TEST(views.last<views::HomePage>()->file_systems.size() == 2U);
    BOOST_TEST(views.last<views::HomePage>()->frame.open);
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(without_lustre_there_are_no_graphs) {
    site.exporters.lustre.enabled = false;

    BOOST_TEST(get("/").status == 200);
    BOOST_TEST(views.last<views::HomePage>()->file_systems.empty());
    BOOST_TEST(get(kBandwidth).status == 404);
}

BOOST_AUTO_TEST_CASE(a_public_graph_is_asked_for_once_however_many_want_it) {
    const Response first = get(kBandwidth);
    for (int i = 0; i < 100; ++i) BOOST_TEST(get(kBandwidth).body == first.body);

    BOOST_TEST(first.status == 200);
    BOOST_TEST(metrics.texts.size() == 2U);
    for (const std::string& text : metrics.texts) {
        BOOST_TEST(text.find("max by (cluster,fs,operation) (") != std::string::npos, text);
    }
    BOOST_TEST(header(first, "Cache-Control") == "public, max-age=60");
}

BOOST_AUTO_TEST_CASE(a_public_graph_ends_before_the_step_that_is_still_measured) {
    BOOST_TEST(get(kBandwidth).status == 200);

    const prometheus::Grid& grid = metrics.grids.at(0);
    BOOST_TEST_REQUIRE(grid.count > 1);
    BOOST_TEST((grid.at(grid.count) <= clock.time));
    BOOST_TEST((grid.at(grid.count + 1) > clock.time));
}

BOOST_AUTO_TEST_CASE(presets_and_file_systems_are_asked_for_apart) {
    for (const char* query : {"", "delta=21600", "delta=604800"}) {
        BOOST_TEST(get(kBandwidth, query).status == 200);
    }
    BOOST_TEST(get("/graph/lustre/lustre03/ost.json").status == 200);
    BOOST_TEST(get("/graph/lustre/lustre03/mdt.json").status == 200);

    BOOST_TEST(metrics.texts.size() == 9U);
    BOOST_TEST(metrics.texts.back().find("fs=\"lustre03\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_other_form_of_the_address_reaches_a_source) {
    for (const char* query : {"delta=3600", "delta=086400", "start=1", "x=1", "delta=86400&x=1",
                              "series=all", "end=1750000000"}) {
        BOOST_TEST(get(kBandwidth, query).status == 400, query);
    }
    BOOST_TEST(get("/graph/lustre/nosuch/ost.json").status == 404);
    BOOST_TEST(get("/graph/lustre/lustre04/cpu.json").status == 404);
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_source_is_named_and_not_kept) {
    metrics.answers.insert({"lustre04", SourceError{SourceId::Prometheus, Fault::Timeout, ""}});
    const Response away = get(kBandwidth);
    BOOST_TEST(away.status == 503);
    BOOST_TEST(away.body.find("prometheus") != std::string::npos);

    metrics.answers.clear();
    BOOST_TEST(get(kBandwidth).status == 200);
}

BOOST_AUTO_TEST_CASE(the_navigation_learns_who_asks) {
    BOOST_TEST(get("/secure/me.json").status == 401);
    sign_in("alice", false);
    BOOST_TEST(get("/secure/me.json").body == R"({"login":"alice","staff":false})");
    sign_in("boss", true);
    const Response staff = get("/secure/me.json");
    BOOST_TEST(staff.body == R"({"login":"boss","staff":true})");
    BOOST_TEST(header(staff, "Cache-Control") == "no-store");
}

BOOST_AUTO_TEST_SUITE_END()
