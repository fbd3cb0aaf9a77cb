#include <boost/test/unit_test.hpp>

#include "fcgi/http/media_type.h"

using portal::header_parameter;
using portal::media_type;

BOOST_AUTO_TEST_SUITE(media_type_of)

BOOST_AUTO_TEST_CASE(types_lose_their_parameters_and_case) {
    BOOST_TEST(media_type(" Application/JSON ; charset=utf-8") == "application/json");
    BOOST_TEST(media_type("") == "");
}

BOOST_AUTO_TEST_CASE(parameters_are_found_between_others) {
    BOOST_TEST(header_parameter("a; x=1; Boundary=b c; y", "boundary").value() == "b c");
    BOOST_TEST(header_parameter("a;boundary=\"b;\\\"c\" ; x=1", "boundary").value() == "b;\"c");
    BOOST_TEST(header_parameter("a; filename=\"boundary=x\"; boundary=y", "boundary").value() ==
               "y");
}

BOOST_AUTO_TEST_CASE(what_is_missing_double_or_broken_is_none) {
    for (const char* wrong : {"", "a", "a; boundary", "a; boundary=", "a; boundary=x; boundary=x",
                              "a; boundary=\"x", "a; boundary=\"x\"y", "boundary=x"}) {
        BOOST_TEST(!header_parameter(wrong, "boundary").has_value(), wrong);
    }
}

BOOST_AUTO_TEST_SUITE_END()
