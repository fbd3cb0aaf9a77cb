#include "fcgi/base/ascii.h"

#include <boost/test/unit_test.hpp>
#include <cctype>

namespace chars = portal::ascii;

BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(each_character_is_what_the_plain_locale_says) {
    for (int byte = 0; byte < 128; ++byte) {
        const char c = static_cast<char>(byte);
        BOOST_TEST(chars::is_digit(c) == (std::isdigit(byte) != 0));
        BOOST_TEST(chars::is_lower(c) == (std::islower(byte) != 0));
        BOOST_TEST(chars::is_upper(c) == (std::isupper(byte) != 0));
        BOOST_TEST(chars::is_alnum(c) == (std::isalnum(byte) != 0));
        BOOST_TEST(chars::is_control(c) == (std::iscntrl(byte) != 0));
        BOOST_TEST(chars::is_hex_digit(c) == (std::isxdigit(byte) != 0));
        BOOST_TEST(chars::to_lower(c) == std::tolower(byte));
        BOOST_TEST(chars::to_upper(c) == std::toupper(byte));
    }
}

BOOST_AUTO_TEST_CASE(a_byte_above_ascii_is_none_of_them) {
    for (int byte = 128; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        BOOST_TEST(!chars::is_alnum(c));
        BOOST_TEST(!chars::is_control(c));
        BOOST_TEST(chars::to_lower(c) == c);
        BOOST_TEST(chars::hex_value(c) == -1);
    }
}

BOOST_AUTO_TEST_CASE(hexadecimal_digits_have_values_in_both_cases) {
    BOOST_TEST(chars::hex_value('7') == 7);
    BOOST_TEST(chars::hex_value('f') == 15);
    BOOST_TEST(chars::hex_value('A') == 10);
    BOOST_TEST(chars::hex_value('g') == -1);
}

BOOST_AUTO_TEST_SUITE_END()
