#include "handlers/router.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace {

using namespace portal;

Response nothing(const Visit& /*visit*/, Context& /*context*/) {
    return {};
}

Router sample_router() {
    return Router({
        {Method::Get, "/", Access::Anyone, &nothing},
        {Method::Get, "/secure/jobs/{username}/", Access::SelfOrStaff, &nothing},
        {Method::Get, "/secure/jobs/{username}/{job_id}/graph/{graph}.json", Access::SelfOrStaff,
         &nothing},
        {Method::Get, "/top/graph/ost_{graph}/{fs}.json", Access::Staff, &nothing},
        {Method::Post, "/api/scripts/", Access::Staff, &nothing},
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(router)

BOOST_AUTO_TEST_CASE(a_path_gives_its_captures) {
    const Router table = sample_router();

    const Match match = table.find(Method::Get, "/secure/jobs/alice/47/graph/cpu.json");

    BOOST_TEST_REQUIRE(match.route != nullptr);
    BOOST_TEST_REQUIRE(match.captures.has_value());
    BOOST_TEST(match.captures->username.value == "alice");
    BOOST_TEST(match.captures->job_id.value == 47U);
    BOOST_TEST(match.captures->graph == "cpu");
}

BOOST_AUTO_TEST_CASE(a_capture_may_stand_between_literals) {
    const Router table = sample_router();

    const Match match = table.find(Method::Get, "/top/graph/ost_read/lustre02.json");

    BOOST_TEST_REQUIRE(match.route != nullptr);
    BOOST_TEST_REQUIRE(match.captures.has_value());
    BOOST_TEST(match.captures->graph == "read");
    BOOST_TEST(match.captures->file_system == "lustre02");
    for (const char* path : {"/top/graph/ost_/a.json", "/top/graph/mdt_read/a.json",
                             "/top/graph/read/a.json", "/top/graph/ost_read/.json"}) {
        BOOST_TEST(table.find(Method::Get, path).route == nullptr, path);
    }
}

BOOST_AUTO_TEST_CASE(head_is_served_by_get) {
    BOOST_TEST(sample_router().find(Method::Head, "/").route != nullptr);
}

BOOST_AUTO_TEST_CASE(a_missing_slash_is_noticed) {
    const Router table = sample_router();

    BOOST_TEST(table.find(Method::Get, "/secure/jobs/alice").slash_missing);
    BOOST_TEST(!table.find(Method::Get, "/secure/none").slash_missing);
}

BOOST_AUTO_TEST_CASE(another_method_says_what_is_allowed) {
    const Match match = sample_router().find(Method::Get, "/api/scripts/");

    BOOST_TEST(match.route == nullptr);
    BOOST_TEST_REQUIRE(match.allowed.size() == 1U);
    BOOST_TEST((match.allowed[0] == Method::Post));
}

BOOST_AUTO_TEST_CASE(odd_paths_lead_nowhere) {
    const Router table = sample_router();
    for (const char* path : {"", "//", "/secure/jobs//", "/secure/jobs/a/b/", "/secure/jobs/a//",
                             "/secure/jobs/alice/47/graph/.json", "/secure//jobs/alice/"}) {
        BOOST_TEST(table.find(Method::Get, path).route == nullptr, path);
    }
}

BOOST_AUTO_TEST_CASE(two_rows_of_one_shape_stop_the_start) {
    const Routes twice = {{Method::Get, "/a/{username}/", Access::Anyone, &nothing},
                          {Method::Get, "/a/{graph}/", Access::Staff, &nothing}};

    BOOST_CHECK_THROW(Router{twice}, std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_name_that_no_path_is_read_by_stops_the_start) {
    const Routes odd = {{Method::Get, "/a/{user}/", Access::Anyone, &nothing}};

    BOOST_CHECK_THROW(Router{odd}, std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_client_of_the_api_may_leave_out_the_final_slash) {
    BOOST_TEST(sample_router().find(Method::Post, "/api/scripts").route != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
