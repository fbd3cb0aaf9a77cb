#include "fcgi/http/network.h"

#include <boost/test/unit_test.hpp>

using portal::network::holds;
using portal::network::is_list;

BOOST_AUTO_TEST_SUITE(network)

BOOST_AUTO_TEST_CASE(an_address_lies_in_its_network) {
    BOOST_TEST(holds("192.0.2.0/24", "192.0.2.255"));
    BOOST_TEST(!holds("192.0.2.0/24", "192.0.3.0"));
    BOOST_TEST(holds("192.0.2.128/25", "192.0.2.128"));
    BOOST_TEST(!holds("192.0.2.128/25", "192.0.2.127"));
    BOOST_TEST(holds("10.1.2.3", "10.1.2.3"));
    BOOST_TEST(!holds("10.1.2.3", "10.1.2.4"));
    BOOST_TEST(holds("0.0.0.0/0", "203.0.113.9"));
    BOOST_TEST(!holds("0.0.0.0/0", "2001:db8::1"));
    BOOST_TEST(holds("10.0.0.0/8, 2001:db8::/32", "2001:db8:ffff::1"));
    BOOST_TEST(!holds("2001:db8::/32", "2001:db9::1"));
}

BOOST_AUTO_TEST_CASE(ipv4_written_as_ipv6_is_the_same_address) {
    BOOST_TEST(holds("192.0.2.0/24", "::ffff:192.0.2.7"));
    BOOST_TEST(holds("::ffff:192.0.2.7", "192.0.2.7"));
}

BOOST_AUTO_TEST_CASE(no_list_holds_every_address_and_a_list_none_that_cannot_be_read) {
    BOOST_TEST(holds("", "192.0.2.7"));
    BOOST_TEST(holds("", ""));
    BOOST_TEST(!holds("10.0.0.0/8", ""));
    BOOST_TEST(!holds("10.0.0.0/8", "10.0.0.0/8"));
    BOOST_TEST(!holds("nonsense", "192.0.2.7"));
    BOOST_TEST(!holds(" , ", "192.0.2.7"));
}

BOOST_AUTO_TEST_CASE(lists_that_cannot_be_read_are_none) {
    BOOST_TEST(is_list(""));
    BOOST_TEST(is_list("10.0.0.0/8,192.0.2.1 , ::1/128"));
    for (const char* wrong :
         {"x", "10.0.0.0/33", "::1/129", "10.0.0/8", "10.1", "010.0.0.1", "fe80::1%lo", "10.0.0.0/",
          "1.2.3.4/-1", "10.0.0.0/8;::1", "example.org", " ", ",", " , "}) {
        BOOST_TEST(!is_list(wrong), wrong);
    }
}

BOOST_AUTO_TEST_SUITE_END()
