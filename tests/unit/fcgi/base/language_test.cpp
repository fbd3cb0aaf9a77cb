#include "fcgi/base/language.h"

#include <boost/test/unit_test.hpp>

using namespace portal;

namespace {

std::string_view chosen(std::string_view cookie, std::string_view accept,
                        Language site = Language::English) {
    return language_code(choose_language(cookie, accept, site));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(language)

BOOST_AUTO_TEST_CASE(the_cookie_wins_over_the_browser) {
    BOOST_TEST(chosen("fr", "en") == "fr");
    BOOST_TEST(chosen("en", "fr") == "en");
}

BOOST_AUTO_TEST_CASE(a_cookie_of_another_language_does_not_count) {
    BOOST_TEST(chosen("de", "fr") == "fr");
}

BOOST_AUTO_TEST_CASE(the_heaviest_language_of_the_browser_wins) {
    BOOST_TEST(chosen("", "fr-CA,en;q=0.8") == "fr");
    BOOST_TEST(chosen("", "fr;q=0.5, EN-us;q=0.9") == "en");
    BOOST_TEST(chosen("", "de, fr;q=0.3, en;q=0.2") == "fr");
    BOOST_TEST(chosen("", "en, fr") == "en");
}

BOOST_AUTO_TEST_CASE(the_site_decides_where_the_browser_does_not) {
    BOOST_TEST(chosen("", "", Language::French) == "fr");
    BOOST_TEST(chosen("", "de;q=0.9, *;q=0.5", Language::French) == "fr");
    BOOST_TEST(chosen("", "en;q=0", Language::French) == "fr");
    BOOST_TEST(chosen("", "en;q=nonsense,,;;q=", Language::French) == "fr");
    BOOST_TEST(chosen("", "friulian", Language::English) == "en");
}

BOOST_AUTO_TEST_SUITE_END()
