#include "handlers/portal.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::header;

struct PortalSuite : fakes::PortalFixture {
    PortalSuite() {
        slurm.jobs = {finished_job(47)};
        directory.groups = {{"def-alice", {"alice"}, {}}};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(portal, PortalSuite)

BOOST_AUTO_TEST_CASE(every_route_is_walked_by_everybody) {
    for (const Route& route : all_routes(site)) {
        if (route.access == Access::Operator) continue;  // its own suite
        std::string path(route.pattern);
        const auto put = [&](const std::string& name, const std::string& value) {
            const auto at = path.find(name);
            if (at != std::string::npos) path.replace(at, name.size(), value);
        };
        if (path.find("/graph/lustre/") != std::string::npos) put("{graph}", "ost");
        put("{fs}", "lustre04");
        put("{username}", "alice");
        put("{job_id}", "47");
        put("{job}", "47");
        put("{graph}", "cpu");
        put("{project}", "def-alice");
        put("{uuid}", "11111111-2222-3333-4444-555555555555");
        method = route.method;
        const bool open = route.access == Access::Anyone;
        const bool others = open || route.access == Access::SignedIn;

        identity = {};
        BOOST_TEST((get(path).status == 401) == !open, path);
        for (const SignIn refused : {SignIn::Refused, SignIn::Nameless}) {
            identity = {refused, {}};
            BOOST_TEST((get(path).status == 403) == !open, path);
        }
        sign_in("bob", false);
        BOOST_TEST((get(path).status != 404) == others, path);
        sign_in("alice", false);
        const int own = get(path).status;
        sign_in("boss", true);
        const int staff = get(path).status;
        BOOST_TEST(own == (route.access == Access::Staff ? 404 : staff), path);
    }
}

BOOST_AUTO_TEST_CASE(refused_and_not_found_are_the_same_answer) {
    sign_in("bob", false);
    const Response refused = get("/secure/jobstats/alice/47/");
    const std::string refused_message = views.last<views::ErrorPage>()->message.id;
    sign_in("alice", false);
    const Response missing = get("/secure/jobstats/alice/48/");

    BOOST_TEST(refused.status == 404);
    BOOST_TEST(missing.status == 404);
    BOOST_TEST(views.last<views::ErrorPage>()->message.id == refused_message);
}

BOOST_AUTO_TEST_CASE(a_session_without_a_name_is_told_so_and_can_be_ended) {
    identity = {SignIn::Nameless, {}};
    site.sign_out_url = "/out";

    BOOST_TEST(get("/secure/jobstats/").status == 403);

    BOOST_TEST(
        views.last<views::ErrorPage>()->message.id.starts_with("Your institution sent no name"));
    BOOST_TEST(views.last<views::ErrorPage>()->sign_out == "/out");
}

BOOST_AUTO_TEST_CASE(a_login_that_the_directory_does_not_know_is_told_so_and_no_other_is) {
    sign_in("newcomer", false);
    BOOST_TEST(get("/secure/jobstats/newcomer/").status == 403);
    BOOST_TEST(views.last<views::ErrorPage>()->message.id.starts_with(
        "The directory of this cluster has no login of that spelling"));

    sign_in("boss", true);
    BOOST_TEST(get("/secure/jobstats/newcomer/").status == 404);
}

BOOST_AUTO_TEST_CASE(a_missing_slash_is_a_redirect_that_keeps_the_query) {
    const Response response = get("/secure/jobstats/alice", "name=a%20b");

    BOOST_TEST(response.status == 301);
    BOOST_TEST(header(response, "Location") == "/secure/jobstats/alice/?name=a%20b");
}

BOOST_AUTO_TEST_CASE(json_that_is_not_there_is_not_redirected) {
    BOOST_TEST(get("/secure/jobstats/alice/47.json").status == 404);
}

BOOST_AUTO_TEST_CASE(another_method_is_a_405_with_allow) {
    method = Method::Post;

    const Response response = get("/secure/jobstats/alice/");

    BOOST_TEST(response.status == 405);
    BOOST_TEST(header(response, "Allow") == "GET, HEAD");
}

BOOST_AUTO_TEST_CASE(errors_of_json_are_json) {
    sign_in("bob", false);

    const Response response = get("/secure/jobstats/alice/47/graph/cpu.json");

    BOOST_TEST(response.status == 404);
    BOOST_TEST(response.body == "{\"error\":\"not_found\"}");
}

BOOST_AUTO_TEST_CASE(a_disabled_module_is_not_there) {
    site.modules.clear();

    BOOST_TEST(get("/secure/jobstats/alice/").status == 404);
}

BOOST_AUTO_TEST_CASE(the_language_switch_leads_back_into_this_site_only) {
    const std::string form = "language=fr&form_token=" + token_of("alice") + "&back=";
    const Response local = post("/secure/language/", form + "%2Fsecure%2Fjobstats%2F%3Fa%3Db%26c");
    BOOST_TEST(local.status == 303);
    BOOST_TEST(header(local, "Location") == "/secure/jobstats/?a=b&c");
    BOOST_TEST(header(local, "Set-Cookie").starts_with("portal_language=fr;"));

    for (const char* evil : {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example",
                             "%2F%5Cevil.example", "%2Fx%0D%0ASet-Cookie%3A+a", ""}) {
        BOOST_TEST(header(post("/secure/language/", form + evil), "Location") == "/", evil);
    }
    BOOST_TEST(post("/secure/language/", "language=de&form_token=" + token_of("alice")).status ==
               400);
}

BOOST_AUTO_TEST_CASE(a_form_is_only_taken_from_a_page_of_the_viewers) {
    const auto status = [&](const std::string& fields) {
        const Response response = post("/secure/language/", "language=fr" + fields);
        BOOST_TEST(header(response, "Set-Cookie").empty() == (response.status != 303));
        return response.status;
    };
    const std::string good = "&form_token=" + token_of("alice");

    BOOST_TEST(status(good) == 303);
    BOOST_TEST(status("") == 403);
    BOOST_TEST(status("&form_token=") == 403);
    BOOST_TEST(status("&form_token=" + std::string(64, '0')) == 403);
    BOOST_TEST(status("&form_token=" + token_of("bob")) == 403);
    BOOST_TEST(views.last<views::ErrorPage>()->message.id.starts_with("This form is too old"));
    BOOST_TEST(status(good + good) == 400);
    BOOST_TEST(status(good + "&back=%FF") == 400);
    BOOST_TEST(status(good + "&back=%zz") == 400);
    sign_in("bob", false);
    BOOST_TEST(status(good) == 403);
}

BOOST_AUTO_TEST_CASE(without_a_viewer_a_form_must_come_from_this_site) {
    identity = {};
    BOOST_TEST(post("/language/", "language=fr").status == 303);
    BOOST_TEST(post("/secure/language/", "language=fr").status == 401);

    same_origin = false;
    BOOST_TEST(post("/language/", "language=fr").status == 403);
    BOOST_TEST(post("/language/", "language=fr&form_token=" + token_of("")).status == 403);
}

BOOST_AUTO_TEST_CASE(a_form_is_posted_small_and_of_one_type) {
    const std::string form = "language=fr&form_token=" + token_of("alice");
    for (const char* path : {"/language/", "/secure/language/"}) {
        BOOST_TEST(get(path, form).status == 405);
        BOOST_TEST(header(get(path), "Allow") == "POST");
        BOOST_TEST(post(path, form + "&back=" + std::string(1 << 14, 'x')).status == 413);
    }
    BOOST_TEST(get("/language/fr").status == 404);
    content_type = "text/plain";
    BOOST_TEST(post("/language/", form).status == 415);
    BOOST_TEST(!most_body.has_value());
}

BOOST_AUTO_TEST_CASE(malformed_names_and_numbers_are_not_found) {
    sign_in("boss", true);
    for (const char* path :
         {"/secure/jobstats/al'ice/", "/secure/jobstats/al\"ice/47/", "/secure/jobstats/..//",
          "/secure/jobstats/alice/4a/", "/secure/jobstats/alice/99999999999/",
          "/secure/jobstats/alice/-1/", "/secure/jobstats/nobody/"}) {
        BOOST_TEST(get(path).status == 404, path);
    }
}

BOOST_AUTO_TEST_SUITE_END()
