#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"
#include "handlers/jobscripts/json_fields.h"

namespace {

using namespace portal;
using jobscripts::Field;
using jobscripts::json_fields;

std::string only(const std::vector<Field>& fields) {
    BOOST_TEST_REQUIRE(fields.size() == 1U);
    return fields[0].name + "=" + fields[0].value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_fields_of)

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

BOOST_AUTO_TEST_CASE(other_surrogates_stay_pairs) {
    BOOST_TEST(only(json_fields(R"({"a":"\udc80\ud83d\udca9\\udc81\uDCFF"})")) ==
               "a=\x80\xF0\x9F\x92\xA9\\udc81\xFF");
    BOOST_TEST(only(json_fields("{\"a\":\"\xF4\x8F\xBE\x80\"}")) == "a=\xF4\x8F\xBE\x80");
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
    for (int i = 0; i < 64; ++i) {
        json += ",\"a\":1";
    }

    BOOST_CHECK_THROW(static_cast<void>(json_fields(json + "}")), HttpError);
}

BOOST_AUTO_TEST_SUITE_END()
