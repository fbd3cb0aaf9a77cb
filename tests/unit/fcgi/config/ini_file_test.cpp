#include <boost/test/unit_test.hpp>
#include <string>

#include "fcgi/config/error.h"
#include "fcgi/config/ini.h"

using namespace portal;

namespace {

std::string refusal(const std::string& text) {
    try {
        static_cast<void>(ini::parse(text, "site.ini"));
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ini_file)

BOOST_AUTO_TEST_CASE(reads_sections_names_and_values_with_their_lines) {
    const auto file =
        ini::parse("; c\n[gpu NVIDIA A100]\n label = A100 ; = x \n\n[b]\nempty =", "f");

    BOOST_REQUIRE_EQUAL(file.sections.size(), 2U);
    BOOST_TEST(file.sections[0].kind == "gpu");
    BOOST_TEST(file.sections[0].name == "NVIDIA A100");
    BOOST_TEST(file.sections[0].line == 2);
    BOOST_TEST(file.sections[0].entries.at(0).value == "A100 ; = x");
    BOOST_TEST(file.sections[0].entries.at(0).line == 3);
    BOOST_TEST(file.sections[1].entries.at(0).value.empty());
}

BOOST_AUTO_TEST_CASE(carriage_returns_at_line_ends_do_not_matter) {
    const auto file = ini::parse("[a]\r\nkey = value\r\n", "f");

    BOOST_TEST(file.sections.at(0).entries.at(0).value == "value");
}

BOOST_AUTO_TEST_CASE(whatever_is_not_a_line_of_the_format_is_refused_with_its_line) {
    BOOST_TEST(refusal("[a]\nnonsense\n") ==
               "site.ini:2: line: expected [section], key = value or a comment");
    BOOST_TEST(refusal("key = 1\n") ==
               "site.ini:1: key: expected a [section] before the first key");
    BOOST_TEST(refusal("[a]\nk = 1\nk = 2\n") ==
               "site.ini:3: k: expected each key once; it is also in line 2");
    BOOST_TEST(refusal("[a]\n[b]\n[a]\n") ==
               "site.ini:3: [a]: expected each section once; it is also in line 1");
    BOOST_TEST(refusal("[a\n").find("site.ini:1: ") == 0U);
    BOOST_TEST(refusal("[a]\nKey = 1\n").find("site.ini:2: key") == 0U);
    BOOST_TEST(refusal("[a]\nk = \xff\n").find("site.ini:2: line: expected UTF-8") == 0U);
    BOOST_TEST(refusal("[a]\nk = a\x01z\n").find("site.ini:2: line: expected no control") == 0U);
    BOOST_TEST(refusal("[a]\nk = " + std::string(5000, 'x')).find("site.ini:2:") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
