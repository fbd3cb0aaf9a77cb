#include "fcgi/http/form.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;

constexpr const char* kType = "multipart/form-data; boundary=B";

std::string part(const std::string& disposition, const std::string& value) {
    return "--B\r\nContent-Disposition: " + disposition + "\r\n\r\n" + value + "\r\n";
}

std::string only(const std::vector<QueryParameter>& fields) {
    BOOST_TEST_REQUIRE(fields.size() == 1U);
    return fields[0].name + "=" + fields[0].value;
}

Form encoded(const std::string& body) {
    return read_form(std::string(kFormType) + "; charset=utf-8", body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(form)

BOOST_AUTO_TEST_CASE(more_fields_than_anybody_needs_are_refused) {
    std::string fields = "a=1";
    std::string parts = part("form-data; name=a", "1");
    for (int i = 1; i < 64; ++i) {
        fields += "&a=1";
        parts += part("form-data; name=a", "1");
    }

    BOOST_TEST(encoded(fields).fields.size() == 64U);
    BOOST_TEST(encoded(fields + "&a=1").error == "Form parse error");
    BOOST_TEST(read_form(kType, parts + "--B--").fields.size() == 64U);
    BOOST_TEST(read_form(kType, parts + part("form-data; name=a", "1") + "--B--").error ==
               "Multipart form parse error - too many parts");
}

BOOST_AUTO_TEST_CASE(forms_hold_any_bytes_and_only_ampersands_separate) {
    BOOST_TEST(only(encoded("a=%00%FF+b;c=%26").fields) == std::string("a=\0\xFF b;c=&", 10));
    BOOST_TEST(only(encoded("a").fields) == "a=");
    BOOST_TEST(encoded("a=%zz").error == "Form parse error");
    BOOST_TEST(encoded("a=%2").error == "Form parse error");
    BOOST_TEST(encoded("&&a=1&&b").fields.size() == 2U);
    BOOST_TEST(encoded("").fields.empty());
}

BOOST_AUTO_TEST_CASE(multipart_keeps_bytes_that_look_like_its_boundary) {
    const std::string value("x\r\n--\r\n-- B\r\n\r\n--b--\0\xFF", 22);

    const auto fields = read_form(kType, part("form-data; name=\"a\"", value) + "--B--\r\n").fields;

    BOOST_TEST(only(fields) == "a=" + value);
}

BOOST_AUTO_TEST_CASE(multipart_names_are_found_wherever_they_stand) {
    const std::string body =
        part("form-data; filename=\"name=\\\"y\\\"; x%2Fy\"; name=a", "1") +
        part("FORM-DATA; NAME=\"b\"\r\nContent-Type: application/octet-stream", "") + "--B--";

    const auto fields = read_form("multipart/form-data; charset=x; boundary=\"B\"", body).fields;

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
    const Form form = read_form(kType, sample);

    BOOST_TEST(form.error.starts_with("Multipart form parse error - "));
    BOOST_TEST(form.fields.empty());
}

BOOST_AUTO_TEST_CASE(multipart_needs_a_boundary_that_can_be_one) {
    const std::string body = part("form-data; name=a", "1") + "--B--";

    for (const std::string& boundary :
         {std::string(), std::string("; boundary"), std::string("; boundary="),
          "; boundary=" + std::string(71, 'B'), std::string("; boundary=B; boundary=B")}) {
        BOOST_TEST(read_form("multipart/form-data" + boundary, body).error ==
                   "Multipart form parse error - no boundary");
    }
}

BOOST_AUTO_TEST_SUITE_END()
