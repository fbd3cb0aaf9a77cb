#include "handlers/sources/slurm/tres.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace portal::slurm {

BOOST_AUTO_TEST_SUITE(tres)

BOOST_AUTO_TEST_CASE(reads_every_pair) {
    const auto counts = parse_tres("1=64,2=128000,3=18446744073709551614,1001=2");

    BOOST_TEST_REQUIRE(counts.has_value());
    BOOST_TEST(counts->size() == 4U);
    BOOST_TEST(counts->at(2) == 128000U);
    BOOST_TEST(counts->at(3) == 18446744073709551614U);
    BOOST_TEST(counts->at(1001) == 2U);
}

BOOST_AUTO_TEST_CASE(empty_text_means_no_resources) {
    BOOST_TEST_REQUIRE(parse_tres("").has_value());
    BOOST_TEST(parse_tres("")->empty());
}

BOOST_AUTO_TEST_CASE(does_not_take_one_id_for_another) {
    const auto counts = parse_tres("11001=7");

    BOOST_TEST_REQUIRE(counts.has_value());
    BOOST_TEST(counts->count(1001) == 0U);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_tres_string,
                     boost::unit_test::data::make({"1", "1=", "=1", "1=1,", ",1=1", "1=1,,2=2",
                                                   "1=1,1=2", "1=-1", "1= 1", "a=1", "1=4G",
                                                   "1=18446744073709551616", "4294967296=1"}),
                     text) {
    BOOST_TEST(!parse_tres(text).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
