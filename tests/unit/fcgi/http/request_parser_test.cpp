#include "fcgi/http/request_parser.h"

#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"

using namespace portal;

namespace {

RequestRules site() {
    RequestRules rules;
    rules.identity.auth_types = {"shibboleth"};
    rules.identity.domains = {"alliancecan.ca"};
    rules.identity.staff = {"staff@alliancecan.ca"};
    return rules;
}

/// A GET of /x by alice; `more` replaces or adds parameters.
Parameters get(const Parameters& more) {
    Parameters parameters{{"REQUEST_METHOD", "GET"},
                          {"SCRIPT_NAME", "/x"},
                          {"AUTH_TYPE", "shibboleth"},
                          {"REMOTE_USER", "alice@alliancecan.ca"}};
    for (const auto& [name, value] : more) parameters[name] = value;
    return parameters;
}

int error_of(const Parameters& more) {
    return parse_request(get(more), site()).error;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_parser)

BOOST_AUTO_TEST_CASE(the_path_is_the_same_under_every_way_to_call_us) {
    for (const auto& [script, info] :
         {std::pair{"/secure/x", ""}, {"/secure", "/x"}, {"", "/secure/x"}}) {
        const auto parsed =
            parse_request(get({{"SCRIPT_NAME", script}, {"PATH_INFO", info}}), site());
        BOOST_TEST(parsed.request.path == "/secure/x");
        BOOST_TEST(parsed.error == 0);
    }
}

BOOST_AUTO_TEST_CASE(the_base_path_is_cut_off_and_nothing_else_is_ours) {
    RequestRules rules = site();
    rules.base_path = "/portal";
    const auto path = [&](const char* name) {
        return parse_request(get({{"SCRIPT_NAME", name}}), rules);
    };

    BOOST_TEST(path("/portal/secure/").request.path == "/secure/");
    BOOST_TEST(path("/portal").request.path == "/");
    BOOST_TEST(path("/portals/x").error == 404);
    BOOST_TEST(path("/x").error == 404);
    BOOST_TEST(path("").error == 404);
}

BOOST_AUTO_TEST_CASE(identity_comes_from_parameters_and_never_from_headers) {
    BOOST_TEST(parse_request(get({}), site()).request.identity.viewer.login.value == "alice");

    const Parameters spoofed{{"REQUEST_METHOD", "GET"},
                             {"SCRIPT_NAME", "/x"},
                             {"HTTP_AUTH_TYPE", "shibboleth"},
                             {"HTTP_REMOTE_USER", "alice@alliancecan.ca"},
                             {"HTTP_AFFILIATION", "staff@alliancecan.ca"}};
    BOOST_TEST((parse_request(spoofed, site()).request.identity.sign_in == SignIn::Nobody));

    RequestRules wrong = site();
    wrong.identity.user_variable = "HTTP_REMOTE_USER";
    wrong.identity.affiliation_variable = "HTTP-AFFILIATION";
    Parameters mixed = spoofed;
    mixed["AUTH_TYPE"] = "shibboleth";
    const auto parsed = parse_request(mixed, wrong);
    BOOST_TEST((parsed.request.identity.sign_in == SignIn::Nobody));
    BOOST_TEST(!parsed.request.identity.viewer.staff);
}

BOOST_AUTO_TEST_CASE(a_variable_with_hyphens_is_found_as_mod_fcgid_spells_it) {
    RequestRules rules = site();
    rules.identity.user_variable = "Shib-User";

    const auto parsed = parse_request(get({{"Shib_User", "bob@alliancecan.ca"}}), rules);

    BOOST_TEST(parsed.request.identity.viewer.login.value == "bob");
}

BOOST_AUTO_TEST_CASE(a_fixed_identity_serves_everybody) {
    RequestRules rules = site();
    rules.fixed_identity = Identity{SignIn::Accepted, {{"fixed"}, true}};

    BOOST_TEST(parse_request(get({}), rules).request.identity.viewer.login.value == "fixed");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_a_bad_request) {
    BOOST_TEST(error_of({{"QUERY_STRING", "a=%zz"}}) == 400);
    BOOST_TEST(error_of({{"QUERY_STRING", "a=%00"}}) == 400);
    BOOST_TEST(error_of({{"QUERY_STRING", "a=%c0%af"}}) == 400);
    BOOST_TEST(error_of({{"SCRIPT_NAME", "/\xff"}}) == 400);
    BOOST_TEST(error_of({{"CONTENT_LENGTH", "-5"}}) == 400);
    BOOST_TEST(error_of({{"CONTENT_LENGTH", "1e3"}}) == 400);
    BOOST_TEST(error_of({{"CONTENT_LENGTH", "99999999999999999999999"}}) == 400);
    BOOST_TEST(error_of({{"CONTENT_LENGTH", "12"}}) == 0);
    BOOST_TEST(error_of({{"QUERY_STRING", "a=1&b=%C3%A9"}}) == 0);
}

BOOST_AUTO_TEST_CASE(a_parameter_given_twice_is_a_bad_request_when_it_is_asked_for) {
    const auto parsed = parse_request(get({{"QUERY_STRING", "a=1&a=2&b=3"}}), site());

    BOOST_TEST(parsed.request.parameter("b").value() == "3");
    BOOST_TEST(!parsed.request.parameter("c").has_value());
    BOOST_CHECK_THROW(static_cast<void>(parsed.request.parameter("a")), HttpError);
}

BOOST_AUTO_TEST_CASE(a_form_sent_from_another_site_is_refused) {
    const auto post = [](const Parameters& more) {
        Parameters all = get(more);
        all["REQUEST_METHOD"] = "POST";
        all["HTTP_HOST"] = "portal.example:8443";
        return parse_request(all, site()).error;
    };

    BOOST_TEST(post({}) == 0);
    BOOST_TEST(post({{"HTTP_SEC_FETCH_SITE", "same-origin"}}) == 0);
    BOOST_TEST(post({{"HTTP_SEC_FETCH_SITE", "cross-site"}}) == 403);
    BOOST_TEST(post({{"HTTP_SEC_FETCH_SITE", "same-site"}}) == 403);
    BOOST_TEST(post({{"HTTP_ORIGIN", "https://portal.example:8443"}}) == 0);
    BOOST_TEST(post({{"HTTP_ORIGIN", "https://evil.example"}}) == 403);
    BOOST_TEST(post({{"HTTP_ORIGIN", "null"}}) == 403);
    BOOST_TEST(error_of({{"HTTP_SEC_FETCH_SITE", "cross-site"}}) == 0);
}

BOOST_AUTO_TEST_CASE(the_request_id_of_the_web_server_is_kept_if_it_is_harmless) {
    const auto id = [](const char* text) {
        return parse_request(get({{"HTTP_X_REQUEST_ID", text}}), site()).request.id;
    };

    BOOST_TEST(id("Zx3-_@+/=.") == "Zx3-_@+/=.");
    BOOST_TEST(id("a b").size() == 16U);
    BOOST_TEST(id("").size() == 16U);
    BOOST_TEST(id("") != id(""));
}

BOOST_AUTO_TEST_CASE(cookies_are_read_by_name_and_choose_the_language) {
    const auto parsed = parse_request(
        get({{"HTTP_COOKIE", "a=1; portal_language=fr;a=2; broken; =x; b=c=d"}}), site());

    BOOST_TEST(parsed.request.cookies.at("a") == "1");
    BOOST_TEST(parsed.request.cookies.at("b") == "c=d");
    BOOST_TEST(parsed.request.cookies.size() == 3U);
    BOOST_TEST(language_code(parsed.request.language) == "fr");
}

BOOST_AUTO_TEST_CASE(tags_lose_what_compression_added) {
    BOOST_TEST(clean_if_none_match("\"abc-gzip\"") == "\"abc\"");
    BOOST_TEST(clean_if_none_match("W/\"abc-br\", \"def\"") == "\"abc\", \"def\"");
    BOOST_TEST(clean_if_none_match(" * ") == "*");
    BOOST_TEST(clean_if_none_match("\"-gzip\"") == "\"-gzip\"");
    BOOST_TEST(clean_if_none_match("\"open").empty());
    BOOST_TEST(clean_if_none_match("").empty());
}

BOOST_AUTO_TEST_CASE(the_time_of_arrival_is_read_as_apache_writes_it) {
    const auto start = [](const char* text) {
        return parse_request(get({{"HTTP_X_REQUEST_START", text}}), site()).started_us;
    };

    BOOST_TEST(start("t=1700000000000000") == 1700000000000000);
    BOOST_TEST(start("1700000000000000") == 0);
    BOOST_TEST(start("t=soon") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
