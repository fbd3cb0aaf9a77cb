#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/unit/views/sample_pages.h"
#include "views/renderer.h"

namespace {

using portal::Language;

template <class Page>
std::string body(Page page, Language language = Language::English) {
    static portal::views::Renderer renderer({{"Narval", "Narval"},
                                             "/portal",
                                             "/out",
                                             "support@example.org",
                                             {{"quotas", "quota", "Quotas"}},
                                             false});
    page.frame.language = language;
    return renderer.render(page).body;
}

/// The page's text between two texts.
std::string between(const std::string& html, const std::string& from, const std::string& to) {
    const auto begin = html.find(from);
    BOOST_TEST_REQUIRE((begin != std::string::npos), from);
    return html.substr(begin, html.find(to, begin) - begin);
}

std::string card(const std::string& id, Language language = Language::English) {
    return between(body(samples::quotas_page(), language), "id=\"" + id + "\"", "</article>");
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quota_pages)

BOOST_AUTO_TEST_CASE(over_quota_is_said_in_words_and_with_an_icon) {
    const std::string html = card("p1");

    BOOST_TEST(holds(html, ">103\u202f% of 40\u202fTiB</data>"));
    BOOST_TEST(holds(html, "#bad\"></use></svg> <b>over quota</b>"));
    BOOST_TEST(holds(html, "value=\"100.0\""));
    BOOST_TEST(holds(html, ">2.1\u202fmillion of 5\u202fmillion files</data>"));
}

BOOST_AUTO_TEST_CASE(nearly_full_is_another_word) {
    const std::string html = card("p2");

    BOOST_TEST(holds(html, ">91\u202f% of 40\u202fTiB</data>"));
    BOOST_TEST(holds(html, "<b>nearly full</b>"));
    BOOST_TEST(!holds(html, "over quota"));
}

BOOST_AUTO_TEST_CASE(french_says_it_in_french) {
    const std::string html = card("p1", Language::French);

    BOOST_TEST(holds(html, "103\u202f% de 40\u202fTio"));
    BOOST_TEST(holds(html, ">2,1\u202fmillions sur 5\u202fmillions</data>"));
    BOOST_TEST(holds(html, "value=\"100.0\""));
    BOOST_TEST(holds(html, "quota dépassé"));
}

BOOST_AUTO_TEST_CASE(without_a_limit_there_is_no_bar_and_nothing_made_up) {
    const std::string html = card("p3");

    BOOST_TEST(holds(html, "no limit known"));
    BOOST_TEST(!holds(html, "<meter"));
    BOOST_TEST(holds(html, ">12</data>"));
}

BOOST_AUTO_TEST_CASE(a_missing_database_is_named_and_no_zero) {
    const std::string html = card("p4");

    BOOST_TEST(holds(html, "unavailable: Robinhood (lustre06)"));
    BOOST_TEST(!holds(html, "<data"));
}

BOOST_AUTO_TEST_CASE(names_from_the_file_system_stay_text) {
    BOOST_TEST(holds(card("p1"), "&lt;b&gt;&amp;"));
    BOOST_TEST(!holds(card("p1"), "<b>&"));
}

BOOST_AUTO_TEST_CASE(disk_and_tape_are_two_parts_of_one_bar) {
    const std::string html = card("n1");

    BOOST_TEST(holds(html, "11.8\u202fTiB on disk"));
    BOOST_TEST(holds(html, "<rect class=\"segment-disk\" x=\"0\" y=\"0\" width=\"29.6\""));
    BOOST_TEST(holds(html, "<rect class=\"segment-tape\" x=\"29.6\" y=\"0\" width=\"20.5\""));
    BOOST_TEST(holds(html, "1 file<"));
}

BOOST_AUTO_TEST_CASE(a_summary_tells_no_data_from_zero) {
    auto page = samples::summary_page();
    page.quotas[0].files.used = 0.0;

    const std::string html = between(body(page), "id=\"quotas\"", "</section>");

    BOOST_TEST(holds(html, "less than 4 MiB, or not measured"));
    BOOST_TEST(holds(html, ">0 of 5\u202fmillion files</data>"));
    BOOST_TEST(holds(html, "<b>full</b>"));
}

BOOST_AUTO_TEST_SUITE_END()
