#include "fcgi/http/response_writer.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace portal;

namespace {

bool has(const CgiAnswer& answer, const std::string& line) {
    return ("\r\n" + answer.head).find("\r\n" + line + "\r\n") != std::string::npos;
}

Response page(const std::string& body) {
    Response response;
    response.body = body;
    return response;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(response_writer)

BOOST_AUTO_TEST_CASE(a_page_has_status_length_language_and_guards) {
    Request request;
    request.id = "id1";
    request.language = Language::French;
    const Response response = page("<p>caf\xc3\xa9</p>");

    const CgiAnswer answer = cgi_answer(request, response);

    BOOST_TEST(answer.head.rfind("Status: 200 OK\r\n", 0) == 0U);
    BOOST_TEST(answer.head.substr(answer.head.size() - 4) == "\r\n\r\n");
    BOOST_TEST(has(answer, "Content-Length: 12"));
    BOOST_TEST(has(answer, "Content-Language: fr"));
    BOOST_TEST(has(answer, "Vary: Cookie, Accept-Language"));
    BOOST_TEST(has(answer, "X-Content-Type-Options: nosniff"));
    BOOST_TEST(has(answer, "X-Request-Id: id1"));
    BOOST_TEST(answer.head.find("default-src 'none'") != std::string::npos);
    BOOST_TEST(answer.body == response.body);
}

BOOST_AUTO_TEST_CASE(head_says_the_length_and_sends_nothing) {
    Request request;
    request.method = Method::Head;
    const Response response = page("12345");

    const CgiAnswer answer = cgi_answer(request, response);

    BOOST_TEST(has(answer, "Content-Length: 5"));
    BOOST_TEST(answer.body.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_in_parts_says_no_length) {
    Request request;
    Response response = page("12345");
    response.more = [] { return std::string(); };

    const CgiAnswer answer = cgi_answer(request, response);
    BOOST_TEST(answer.head.find("Content-Length") == std::string::npos);
    BOOST_TEST(answer.goes_on);
    BOOST_TEST(answer.body == "12345");

    request.method = Method::Head;
    BOOST_TEST(!cgi_answer(request, response).goes_on);
    BOOST_TEST(!cgi_answer({}, page("12345")).goes_on);
}

BOOST_AUTO_TEST_CASE(a_known_tag_becomes_not_modified) {
    Request request;
    request.if_none_match = "\"other\", \"abc\"";
    Response response = page("{}");
    response.headers = {{"ETag", "\"abc\""}};

    BOOST_TEST(cgi_answer(request, response).status == 304);
    BOOST_TEST(cgi_answer(request, response).body.empty());

    request.method = Method::Post;
    BOOST_TEST(cgi_answer(request, response).status == 200);

    request.method = Method::Get;
    response.status = 503;
    BOOST_TEST(cgi_answer(request, response).status == 503);

    request.if_none_match = "\"xabc\"";
    response.status = 200;
    BOOST_TEST(cgi_answer(request, response).status == 200);
}

BOOST_AUTO_TEST_CASE(headers_of_the_handler_win_over_the_defaults) {
    Response response = page("{}");
    response.content_type = "application/json";
    response.headers = {{"cache-control", "public, max-age=60"}};

    const CgiAnswer answer = cgi_answer(Request{}, response);

    BOOST_TEST(has(answer, "cache-control: public, max-age=60"));
    BOOST_TEST(answer.head.find("no-cache") == std::string::npos);
    BOOST_TEST(answer.head.find("Vary") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_private_depends_on_who_asks) {
    Response response = page("{}");
    response.content_type = "application/json";
    for (const char* kept : {"private, max-age=30", "no-store", "private, no-cache"}) {
        response.headers = {{"Cache-Control", kept}};
        BOOST_TEST(has(cgi_answer(Request{}, response), "Vary: Cookie"), kept);
    }
    BOOST_TEST(
        has(cgi_answer(Request{}, not_modified("\"x\"", "private, max-age=30")), "Vary: Cookie"));
}

BOOST_AUTO_TEST_CASE(a_header_cannot_carry_another_one) {
    for (const char* value : {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\x01"}) {
        Response response = page("");
        response.headers = {{"Location", value}};
        BOOST_CHECK_THROW(static_cast<void>(cgi_answer(Request{}, response)),
                          std::invalid_argument);
    }
    Response response = page("");
    response.headers = {{"Bad Name", "x"}};
    BOOST_CHECK_THROW(static_cast<void>(cgi_answer(Request{}, response)), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
