#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"
#include "handlers/jobscripts/fields.h"

namespace {

using namespace portal;
using jobscripts::Field;
using jobscripts::form_fields;
using jobscripts::json_fields;
using jobscripts::multipart_fields;

constexpr const char* kType = "multipart/form-data; boundary=B";

std::string part(const std::string& disposition, const std::string& value) {
    return "--B\r\nContent-Disposition: " + disposition + "\r\n\r\n" + value + "\r\n";
}

std::string only(const std::vector<Field>& fields) {
    BOOST_TEST_REQUIRE(fields.size() == 1U);
    return fields[0].name + "=" + fields[0].value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(script_fields)

BOOST_AUTO_TEST_CASE(json_texts_become_the_bytes_they_mean) {
    const auto fields =
        json_fields(R"( {"a" : "x\n\u0000\u00e9\ud83d\udca9\"\/" , "b":-12.5e+3, "c":null} )");

    BOOST_TEST_REQUIRE(fields.size() == 3U);
    BOOST_TEST(fields[0].value == std::string("x\n\0\xC3\xA9\xF0\x9F\x92\xA9\"/", 11));
    BOOST_TEST(fields[1].value == "-12.5e3");
    BOOST_TEST((fields[1].kind == Field::Kind::Number));
    BOOST_TEST((fields[2].kind == Field::Kind::Null));
}

BOOST_AUTO_TEST_CASE(pythons_escaped_bytes_are_bytes) {
    BOOST_TEST(only(json_fields(R"({"a":"\udcff\udc80"})")) == "a=\xFF\x80");
}

BOOST_AUTO_TEST_CASE(nested_values_are_passed_over) {
    const auto fields = json_fields(R"({"a":[1,{"b":["}"]},[]],"c":{},"d":"x","e":true})");

    BOOST_TEST_REQUIRE(fields.size() == 4U);
    BOOST_TEST(fields[2].value == "x");
    BOOST_TEST((fields[3].kind == Field::Kind::Other));
}

BOOST_DATA_TEST_CASE(broken_json_is_refused, boost::unit_test::data::make(std::vector<std::string>{
                                                 "",
                                                 "{",
                                                 "[]",
                                                 "1",
                                                 R"({"a")",
                                                 R"({"a":})",
                                                 R"({"a":"x)",
                                                 R"({"a":1,})",
                                                 R"({"a":1} x)",
                                                 R"({'a':1})",
                                                 R"({"a":NaN})",
                                                 R"({"a":01})",
                                                 R"({"a":"\x"})",
                                                 R"({"a":"\u12"})",
                                                 R"({"a":"\ud800"})",
                                                 R"({"a":"\udc00"})",
                                                 "{\"a\":\"\n\"}",
                                                 "{\"a\":\"\xFF\"}",
                                                 "{\"a\":\"\xC0\xAF\"}",
                                                 "\xEF\xBB\xBF{}",
                                                 "{\"a\":" + std::string(100000, '[') + "}"})) {
    BOOST_CHECK_THROW(static_cast<void>(json_fields(sample)), HttpError);
}

BOOST_AUTO_TEST_CASE(more_fields_than_anybody_needs_are_refused) {
    std::string json = "{\"a\":1";
    std::string form = "a=1";
    for (int i = 0; i < 64; ++i) {
        json += ",\"a\":1";
        form += "&a=1";
    }

    BOOST_CHECK_THROW(static_cast<void>(json_fields(json + "}")), HttpError);
    BOOST_CHECK_THROW(static_cast<void>(form_fields(form)), HttpError);
}

BOOST_AUTO_TEST_CASE(forms_hold_any_bytes_and_only_ampersands_separate) {
    BOOST_TEST(only(form_fields("a=%00%FF+b;c=%26")) == std::string("a=\0\xFF b;c=&", 10));
    BOOST_TEST(only(form_fields("a")) == "a=");
    BOOST_CHECK_THROW(static_cast<void>(form_fields("a=%zz")), HttpError);
    BOOST_CHECK_THROW(static_cast<void>(form_fields("a=%2")), HttpError);
}

BOOST_AUTO_TEST_CASE(multipart_keeps_bytes_that_look_like_its_boundary) {
    const std::string value = "x\r\n--\r\n-- B\r\n\r\n--b--\0\xFF";

    const auto fields = multipart_fields(part("form-data; name=\"a\"", value) + "--B--\r\n", kType);

    BOOST_TEST(only(fields) == "a=" + value);
}

BOOST_AUTO_TEST_CASE(multipart_names_are_found_wherever_they_stand) {
    const std::string body =
        part("form-data; filename=\"name=\\\"y\\\"; x%2Fy\"; name=a", "1") +
        part("FORM-DATA; NAME=\"b\"\r\nContent-Type: application/octet-stream", "") + "--B--";

    const auto fields = multipart_fields(body, "multipart/form-data; charset=x; boundary=\"B\"");

    BOOST_TEST_REQUIRE(fields.size() == 2U);
    BOOST_TEST(fields[0].name == "a");
    BOOST_TEST(fields[0].value == "1");
    BOOST_TEST(fields[1].name == "b");
    BOOST_TEST(fields[1].value.empty());
}

BOOST_DATA_TEST_CASE(
    broken_multipart_is_refused,
    boost::unit_test::data::make(std::vector<std::string>{
        "", "x", "--B", "--B\r\n", "--Bx\r\n\r\n--B--", part("form-data; name=a", "1"),
        part("form-data; name=a", "1") + "--B",
        part("form-data; filename=\"name=a\"", "1") + "--B--",
        part("attachment; name=a", "1") + "--B--", part("form-data; name=a; name=b", "1") + "--B--",
        part("form-data; name=\"a", "1") + "--B--",
        part("form-data; name=a\r\nContent-Transfer-Encoding: base64", "1") + "--B--",
        part("form-data; name=a", "1\r\n--Bx") + "--B--",
        "--B\r\nContent-Disposition: form-data; name=" + std::string(5000, 'a') +
            "\r\n\r\n1\r\n--B--"})) {
    BOOST_CHECK_THROW(static_cast<void>(multipart_fields(sample, kType)), HttpError);
}

BOOST_AUTO_TEST_CASE(multipart_needs_a_boundary_that_can_be_one) {
    const std::string body = part("form-data; name=a", "1") + "--B--";

    for (const std::string& boundary :
         {std::string(), std::string("; boundary"), std::string("; boundary="),
          "; boundary=" + std::string(71, 'B'), std::string("; boundary=B; boundary=B")}) {
        BOOST_CHECK_THROW(
            static_cast<void>(multipart_fields(body, "multipart/form-data" + boundary)), HttpError);
    }
}

BOOST_AUTO_TEST_SUITE_END()
