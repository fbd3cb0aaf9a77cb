#include "handlers/page/csv_cell.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

const char* const kFormulas[] = {"=1",
                                 "+1",
                                 "-1",
                                 "@x",
                                 " =1",
                                 "\xC2\xA0=1",
                                 "\xE2\x80\xAE=1",
                                 "\xEF\xBC\x9D\x31",
                                 "\t=1+1",
                                 "\r\n=1",
                                 "\xEF\xBB\xBF@x",
                                 "\xE3\x80\x80-1",
                                 "\xC2\x85+1"};

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_cell)

BOOST_AUTO_TEST_CASE(quotes_are_doubled_and_what_splits_becomes_a_blank) {
    BOOST_TEST(portal::csv_cell("") == "\"\"");
    BOOST_TEST(portal::csv_cell("say \"no\"") == "\"say \"\"no\"\"\"");
    BOOST_TEST(portal::csv_cell("a;\t\r\nb,c") == "\"a b,c\"");
    BOOST_TEST(portal::csv_cell("été 漢字") == "\"été 漢字\"");
}

BOOST_DATA_TEST_CASE(no_cell_is_a_formula, boost::unit_test::data::make(kFormulas), text) {
    BOOST_TEST(portal::csv_cell(text).starts_with("\"'"), portal::csv_cell(text));
}

BOOST_AUTO_TEST_CASE(signs_within_a_text_are_letters) {
    BOOST_TEST(portal::csv_cell("a=1") == "\"a=1\"");
    BOOST_TEST(portal::csv_cell("x;=cmd|' /C calc'!A0") == "\"x =cmd|' /C calc'!A0\"");
}

BOOST_AUTO_TEST_SUITE_END()
