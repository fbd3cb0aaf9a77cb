#include "fcgi/base/directions.h"

#include <boost/test/unit_test.hpp>

using portal::text::show_directions;

BOOST_AUTO_TEST_SUITE(directions)

BOOST_AUTO_TEST_CASE(marks_of_direction_are_written_out) {
    BOOST_TEST(show_directions("a\u202Egpj.exe") == "a[U+202e]gpj.exe");
    BOOST_TEST(show_directions("\u200E\u200F\u202A\u2066\u2069") ==
               "[U+200e][U+200f][U+202a][U+2066][U+2069]");
}

BOOST_AUTO_TEST_CASE(everything_else_stays) {
    for (const char* text : {"", "plain", "caf\u00E9", "\u2026 \u2013 \u2065 \u206A \u200B",
                             "\u05D0", "\xE2", "\xE2\x80"}) {
        BOOST_TEST(show_directions(text) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
