#include "handlers/jobscripts/jobscripts.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using database::Scope;

const SourceError kAway{SourceId::Portal, Fault::Unreachable, "2002"};
constexpr const char* kAll = "/api/jobscripts/";
constexpr const char* kOne = "/api/jobscripts/47/";

database::ApiToken token(const std::string& name, const std::string& scopes,
                         const std::string& networks = "") {
    database::ApiToken made;
    made.name = name;
    made.scopes = scopes;
    made.networks = networks;
    return made;
}

struct ApiFixture : fakes::PortalFixture {
    ApiFixture() {
        site.scripts.enabled = true;
        site.scripts.largest = 100;
        identity = {};
        portal_db.tokens["w"] = token("prolog", "jobscripts:write");
        portal_db.tokens["r"] = token("reader", "jobscripts:read");
        portal_db.tokens["a"] = token("boss", "admin");
    }

    Request request(Method how, std::string path) const {
        Request made;
        made.method = how;
        made.path = std::move(path);
        made.authorization.value = authorization;
        made.remote_address = "192.0.2.7";
        made.origin = "https://portal.example.org";
        made.content_type = type;
        made.accept = accept;
        return made;
    }

    Response send(Method how, const std::string& path, const std::string& body = "") {
        return serve(request(how, path), body, watched).response;
    }

    void as(const std::string& who) { authorization = "Token " + who; }

    std::string stored(std::uint32_t id) {
        const auto found = portal_db.script(JobId{id}).value();
        return found ? found->bytes : "(none)";
    }

    std::string authorization = "Token w";
    std::string type = "application/json";
    std::string accept;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(jobscripts, ApiFixture)

BOOST_AUTO_TEST_CASE(a_new_script_is_created) {
    const Response response =
        send(Method::Post, kAll, R"({"id_job": 47, "submit_script": "a\nb"})");

    BOOST_TEST(response.status == 201);
    BOOST_TEST(response.body == R"({"id_job":47,"submit_script":"a\u000ab"})");
    BOOST_TEST(response.content_type == "application/json");
    BOOST_TEST(fakes::header(response, "Location") == kOne);
    BOOST_TEST(stored(47) == "a\nb");
    BOOST_TEST(portal_db.rows.at(0).source == "prolog");
}

BOOST_AUTO_TEST_CASE(the_same_script_again_is_harmless_and_another_one_replaces_it) {
    const std::string first = R"({"id_job": "47", "submit_script": "first"})";
    send(Method::Post, kAll, first);

    BOOST_TEST(send(Method::Post, kAll, first).status == 200);
    BOOST_TEST(portal_db.rows.size() == 1U);
    BOOST_TEST(send(Method::Post, kAll, R"({"id_job":47,"submit_script":"second"})").status == 200);
    BOOST_TEST(stored(47) == "second");
    BOOST_TEST(portal_db.rows.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_path_without_its_final_slash_is_served) {
    BOOST_TEST(
        send(Method::Post, "/api/jobscripts", R"({"id_job":47,"submit_script":"x"})").status ==
        201);
    type = "application/octet-stream";
    BOOST_TEST(send(Method::Put, "/api/jobscripts/47", "y").status == 200);
}

BOOST_AUTO_TEST_CASE(forms_are_taken_as_the_original_took_them) {
    type = "application/x-www-form-urlencoded";
    BOOST_TEST(send(Method::Post, kAll, "id_job=47&submit_script=%FFa%3B&more=1").status == 201);
    BOOST_TEST(stored(47) ==
               "\xFF"
               "a;");

    type = "multipart/form-data; boundary=B";
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"id_job\"\r\n\r\n48\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"submit_script\"; filename=\"x\"\r\n\r\n"
        "a\r\nb\r\n--B--\r\n";
    BOOST_TEST(send(Method::Post, kAll, body).status == 201);
    BOOST_TEST(stored(48) == "a\r\nb");
}

BOOST_AUTO_TEST_CASE(bytes_are_kept_and_given_back_exactly) {
    const std::string bytes("#!/bin/sh\r\n\0\xFF\xC3\xA9", 15);
    type = "application/octet-stream";
    BOOST_TEST(send(Method::Put, kOne, bytes).status == 201);
    BOOST_TEST(send(Method::Put, kOne, bytes).status == 200);

    as("r");
    accept = "application/octet-stream";
    BOOST_TEST(send(Method::Get, kOne).body == bytes);
    accept = "";
    const Response shown = send(Method::Get, kOne);
    BOOST_TEST(shown.body ==
               "{\"id_job\":47,\"submit_script\":\"#!/bin/sh\\u000d\\u000a\\u0000"
               "\xEF\xBF\xBD\xC3\xA9\"}");
}

BOOST_AUTO_TEST_CASE(put_and_patch_replace_what_is_there_and_nothing_else) {
    BOOST_TEST(send(Method::Put, kOne, R"({"submit_script":"x"})").status == 404);
    BOOST_TEST(send(Method::Patch, kOne, R"({"submit_script":"x"})").status == 404);
    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})");

    BOOST_TEST(send(Method::Put, kOne, R"({"id_job":47,"submit_script":"y"})").status == 200);
    BOOST_TEST(stored(47) == "y");
    BOOST_TEST(send(Method::Patch, kOne, R"({"submit_script":"z"})").status == 200);
    BOOST_TEST(stored(47) == "z");
    const Response other = send(Method::Put, kOne, R"({"id_job":48,"submit_script":"y"})");
    BOOST_TEST(other.status == 400);
    BOOST_TEST(holds(other.body, R"("id_job":[)"));
}

BOOST_AUTO_TEST_CASE(removing_takes_the_versions_too) {
    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})");
    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"y"})");
    BOOST_TEST(send(Method::Delete, kOne).status == 403);

    as("a");
    BOOST_TEST(send(Method::Delete, kOne).status == 204);
    BOOST_TEST(send(Method::Delete, kOne).status == 404);
    BOOST_TEST(portal_db.rows.empty());
}

BOOST_AUTO_TEST_CASE(the_list_ends_somewhere_and_says_where_it_goes_on) {
    for (std::uint32_t id = 1; id <= 150; ++id) {
        portal_db.rows.push_back({{id}, "s" + std::to_string(id), "", clock.time, clock.time});
    }
    as("r");

    const Response plain = send(Method::Get, kAll);
    BOOST_TEST(plain.body.starts_with(R"([{"id_job":150,"submit_script":"s150"},)"));
    BOOST_TEST(holds(plain.body, "\"s51\""));
    BOOST_TEST(!holds(plain.body, "\"s50\""));
    BOOST_TEST(holds(fakes::header(plain, "Link"), "offset=100>; rel=\"next\""));

    Request asked = request(Method::Get, kAll);
    asked.query = {{"limit", "2"}, {"offset", "3"}};
    const Response page = serve(asked, "", watched).response;
    BOOST_TEST(page.body.starts_with(
        R"({"count":150,"next":"https://portal.example.org/api/jobscripts/?limit=2&offset=5",)"
        R"("previous":"https://portal.example.org/api/jobscripts/?limit=2&offset=1",)"
        R"("results":[{"id_job":147,)"));

    asked.query = {{"limit", "x"}, {"offset", "149"}};
    BOOST_TEST(serve(asked, "", watched).response.body == R"([{"id_job":1,"submit_script":"s1"}])");
}

BOOST_AUTO_TEST_CASE(a_page_of_large_scripts_is_cut_by_size) {
    const std::string large(std::size_t{9} << 20U, 'x');
    for (std::uint32_t id = 1; id <= 4; ++id) {
        portal_db.rows.push_back({{id}, large + std::to_string(id), "", clock.time, clock.time});
    }
    as("r");

    const Response page = send(Method::Get, kAll);

    BOOST_TEST(page.body.size() < (std::size_t{20} << 20U));
    BOOST_TEST(holds(fakes::header(page, "Link"), "offset=2>"));
}

struct Bad {
    std::string body;
    std::string field;
    std::string message;
    friend std::ostream& operator<<(std::ostream& out, const Bad& one) { return out << one.body; }
};

const std::vector<Bad> kBad = {
    {R"({"submit_script":"x"})", "id_job", "required"},
    {R"({"id_job":47})", "submit_script", "required"},
    {R"({"id_job":47,"submit_script":""})", "submit_script", "blank"},
    {R"({"id_job":47,"submit_script":" \n\t"})", "submit_script", "blank"},
    {R"({"id_job":47,"submit_script":null})", "submit_script", "null"},
    {R"({"id_job":47,"submit_script":5})", "submit_script", "Not a valid string"},
    {R"({"id_job":47,"submit_script":["x"]})", "submit_script", "Not a valid string"},
    {R"({"id_job":null,"submit_script":"x"})", "id_job", "null"},
    {R"({"id_job":"","submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":"x","submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":true,"submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":1.5,"submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":1e3,"submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":-1,"submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":"0x10","submit_script":"x"})", "id_job", "valid integer"},
    {R"({"id_job":0,"submit_script":"x"})", "id_job", "greater than or equal to 1"},
    {R"({"id_job":4294967296,"submit_script":"x"})", "id_job", "less than or equal"},
    {R"({"id_job":99999999999999999999999,"submit_script":"x"})", "id_job", "less than or equal"},
    {R"({"id_job":47,"id_job":48,"submit_script":"x"})", "id_job", "more than once"},
    {R"({"id_job":47,"submit_script":"x","submit_script":"y"})", "submit_script", "more than once"},
};

BOOST_DATA_TEST_CASE_F(ApiFixture, what_is_wrong_is_said_by_field,
                       boost::unit_test::data::make(kBad)) {
    const Response response = send(Method::Post, kAll, sample.body);

    BOOST_TEST(response.status == 400);
    BOOST_TEST(response.body.starts_with("{\"" + sample.field + "\":[\""));
    BOOST_TEST(holds(response.body, sample.message));
    BOOST_TEST(portal_db.rows.empty());
}

BOOST_AUTO_TEST_CASE(every_wrong_field_has_its_message) {
    const Response response = send(Method::Post, kAll, "{}");

    BOOST_TEST(response.body == R"({"id_job":["This field is required."],)"
                                R"("submit_script":["This field is required."]})");
}

BOOST_AUTO_TEST_CASE(numbers_of_other_clients_are_numbers) {
    BOOST_TEST(send(Method::Post, kAll, R"({"id_job":47.0,"submit_script":"x"})").status == 201);
    BOOST_TEST(send(Method::Post, kAll, R"({"id_job":" 48 ","submit_script":"x"})").status == 201);
}

BOOST_AUTO_TEST_CASE(broken_json_and_unknown_types_are_refused) {
    BOOST_TEST(send(Method::Post, kAll, "{").status == 400);
    BOOST_TEST(holds(send(Method::Post, kAll, "{").body, "\"detail\":"));
    for (const char* wrong : {"text/plain", "", "application/jsonx", "application/octet-stream"}) {
        type = wrong;
        BOOST_TEST(send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})").status == 415);
    }
    BOOST_TEST(portal_db.rows.empty());
}

BOOST_AUTO_TEST_CASE(the_limit_is_the_scripts_in_every_form) {
    const std::string fits(100, 'x');
    type = "application/octet-stream";
    BOOST_TEST(send(Method::Put, kOne, fits).status == 201);
    BOOST_TEST(most_body.value() == 100U);
    BOOST_TEST(send(Method::Put, kOne, fits + "x").status == 413);
    type = "application/json; charset=utf-8";
    BOOST_TEST(send(Method::Put, kOne, "{\"submit_script\":\"" + fits + "\"}").status == 200);
    BOOST_TEST(most_body.value() >= 600U);
    BOOST_TEST(send(Method::Put, kOne, "{\"submit_script\":\"" + fits + "y\"}").status == 413);
    BOOST_TEST(stored(47) == fits);
}

BOOST_AUTO_TEST_CASE(who_has_no_good_token_is_told_how_to_sign_in) {
    portal_db.tokens["old"] = token("old", "admin");
    portal_db.tokens["old"].expired = true;
    for (const char* header : {"", "Token", "Token ", "Token nobody", "Token w w", "Basic dzp3",
                               "Bearer w", "Tokenw", "Token old"}) {
        authorization = header;
        for (const Method how : {Method::Get, Method::Post}) {
            const Response response = send(how, kAll, "not even read");
            BOOST_TEST(response.status == 401, header);
            BOOST_TEST(!most_body.has_value());  // nothing of the body is read
            BOOST_TEST(fakes::header(response, "WWW-Authenticate") == "Token");
            BOOST_TEST(holds(response.body, "{\"detail\":"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_session_of_the_portal_is_no_token) {
    sign_in("alice", true);
    authorization = "";

    BOOST_TEST(get(kAll).status == 401);
}

BOOST_AUTO_TEST_CASE(a_token_does_what_its_scopes_say) {
    portal_db.tokens["none"] = token("none", "");
    const auto status = [&](const std::string& who, Method how, const std::string& path) {
        as(who);
        return send(how, path, R"({"id_job":47,"submit_script":"x"})").status;
    };

    BOOST_TEST(status("w", Method::Post, kAll) == 201);
    BOOST_TEST(status("w", Method::Get, kOne) == 403);
    BOOST_TEST(status("w", Method::Get, kAll) == 403);
    BOOST_TEST(status("w", Method::Head, kOne) == 403);
    BOOST_TEST(status("r", Method::Get, kOne) == 200);
    BOOST_TEST(status("r", Method::Post, kAll) == 403);
    BOOST_TEST(status("r", Method::Put, kOne) == 403);
    BOOST_TEST(status("none", Method::Post, kAll) == 403);
    BOOST_TEST(status("a", Method::Post, kAll) == 200);
    BOOST_TEST(status("a", Method::Get, kAll) == 200);
}

BOOST_AUTO_TEST_CASE(a_token_is_good_where_it_may_be_used) {
    portal_db.tokens["here"] = token("here", "admin", "192.0.2.0/24");
    portal_db.tokens["there"] = token("there", "admin", "10.0.0.0/8, ::1");

    as("here");
    BOOST_TEST(send(Method::Get, kAll).status == 200);
    as("there");
    BOOST_TEST(send(Method::Get, kAll).status == 403);
}

BOOST_AUTO_TEST_CASE(a_use_is_noted_when_it_is_due) {
    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})");
    BOOST_TEST(portal_db.used.empty());
    portal_db.tokens["w"].use_due = true;

    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})");

    BOOST_TEST(portal_db.used == std::vector<std::string>{"prolog"});
}

BOOST_AUTO_TEST_CASE(one_request_asks_for_its_token_once) {
    send(Method::Post, kAll, R"({"id_job":47,"submit_script":"x"})");

    BOOST_TEST(portal_db.asked == 1);
}

BOOST_AUTO_TEST_CASE(without_the_database_nothing_is_allowed_or_refused) {
    portal_db.away = kAway;
    for (const Method how : {Method::Get, Method::Post}) {
        const Response response = send(how, kAll, R"({"id_job":47,"submit_script":"x"})");
        BOOST_TEST(response.status == 503);
        BOOST_TEST(!fakes::header(response, "Retry-After").empty());
        BOOST_TEST(!holds(response.body, "2002"));
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_said_in_json) {
    as("a");
    BOOST_TEST(send(Method::Get, kOne).status == 404);
    BOOST_TEST(send(Method::Get, kOne).body == R"({"detail":"Not found."})");
    BOOST_TEST(send(Method::Get, "/api/jobscripts/x/").status == 404);
    BOOST_TEST(send(Method::Get, "/api/jobscripts/0/").status == 404);
    BOOST_TEST(send(Method::Get, "/api/jobscripts/4294967296/").status == 404);
    BOOST_TEST(send(Method::Get, "/api/other/").status == 404);
    const Response wrong = send(Method::Delete, kAll);
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(fakes::header(wrong, "Allow") == "GET, HEAD, POST");
    BOOST_TEST(holds(wrong.body, "\"detail\""));
}

BOOST_AUTO_TEST_CASE(a_site_without_a_database_has_no_api) {
    site.scripts.enabled = false;

    BOOST_TEST(send(Method::Post, kAll, "{}").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
