#include "fcgi/base/unseen.h"

#include <boost/test/unit_test.hpp>

using portal::text::show_unseen;

BOOST_AUTO_TEST_SUITE(unseen)

BOOST_AUTO_TEST_CASE(marks_of_direction_are_written_out) {
    BOOST_TEST(show_unseen("a\u202Egpj.exe") == "a[U+202e]gpj.exe");
    BOOST_TEST(show_unseen("\u200E\u200F\u202A\u2066\u2069") ==
               "[U+200e][U+200f][U+202a][U+2066][U+2069]");
}

BOOST_AUTO_TEST_CASE(control_characters_are_written_out) {
    using namespace std::string_view_literals;
    BOOST_TEST(show_unseen("a\0\a\x1b[31m\x7f\u0085b"sv) ==
               "a[U+0000][U+0007][U+001b][31m[U+007f][U+0085]b");
}

BOOST_AUTO_TEST_CASE(everything_else_stays) {
    for (const char* text : {"", "plain", "caf\u00E9", "\u2026 \u2013 \u2065 \u206A \u200B",
                             "\u05D0", "\xE2", "\xE2\x80", "\xC2", "\u00A0", "\t\r\n"}) {
        BOOST_TEST(show_unseen(text) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
