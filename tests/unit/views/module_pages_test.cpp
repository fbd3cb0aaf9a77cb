// What readers see of the pages of Top and Cloud.
#include <boost/test/unit_test.hpp>

#include "tests/unit/views/sample_modules.h"
#include "views/renderer.h"

namespace {

using portal::Language;
using portal::views::Renderer;

template <class Page>
std::string body(Page page, Language language = Language::English) {
    static Renderer renderer({{"Narval", "Narval"},
                              "/portal",
                              "/out",
                              "support@example.org",
                              {{"top", "top", "Top users", true}},
                              false});
    page.frame.language = language;
    return renderer.render(page).body;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t times(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(module_pages)

BOOST_AUTO_TEST_CASE(a_grade_is_a_colour_a_sign_and_a_word) {
    const std::string html = body(samples::top_compute());

    BOOST_TEST(holds(html,
                     "mark is-bad\"><svg class=\"icon\" aria-hidden=\"true\"\n><use "
                     "href=\"/portal/static/icons"));
    BOOST_TEST(holds(html, "#bad\"></use></svg>poor</span>"));
    BOOST_TEST(holds(html, "#good\"></use></svg>good</span>"));
    BOOST_TEST(holds(body(samples::top_compute(), Language::French), "</svg>à revoir</span>"));
}

BOOST_AUTO_TEST_CASE(tables_are_whole_and_what_is_missing_is_said) {
    const std::string html = body(samples::top_compute());

    BOOST_TEST(times(html, "<table") == times(html, "</table>"));
    BOOST_TEST(times(html, "<tr") == times(html, "</tr>"));
    BOOST_TEST(times(html, ">no data<") == 6U);
    BOOST_TEST(holds(html, "unnamed"));
    BOOST_TEST(holds(html, "7 more users are not shown."));
    BOOST_TEST(holds(html, "<data value=\"0\">0</data>"));
    BOOST_TEST(holds(html, "name=\"sort\" value=\"used\""));
}

BOOST_AUTO_TEST_CASE(a_search_that_finds_nobody_says_so) {
    auto page = samples::top_compute();
    page.cores.rows.clear();
    page.gpus.rows.clear();

    BOOST_TEST(holds(body(page), "Nobody holds cores"));
    BOOST_TEST(holds(body(page), "Nobody holds GPUs"));
}

BOOST_AUTO_TEST_CASE(an_unknown_owner_is_a_number_without_link) {
    const std::string html = body(samples::large_jobs());

    BOOST_TEST(holds(html, "<span translate=\"no\">4242</span>"));
    BOOST_TEST(holds(html, "href=\"/portal/secure/jobstats/alice/4711/\""));
    BOOST_TEST(!holds(html, "href=\"\""));
    BOOST_TEST(holds(html, "2\u202fTiB"));
}

BOOST_AUTO_TEST_CASE(charts_of_file_systems_have_ids_of_their_own) {
    const std::string html = body(samples::top_lustre());

    BOOST_TEST(holds(html, "id=\"graph-lustre_mdt-lustre03\""));
    BOOST_TEST(holds(html, "href=\"#fs-lustre03\""));
    BOOST_TEST(holds(html, "id=\"fs-lustre03\""));
}

BOOST_AUTO_TEST_CASE(a_stopped_machine_says_since_when) {
    const std::string html = body(samples::cloud_project());

    BOOST_TEST(holds(html, "#off\"></use></svg>Stopped</span>"));
    BOOST_TEST(holds(html, "datetime=\"2025-11-20T20:20:00Z\""));
    BOOST_TEST(holds(html, "1 running instance."));
    BOOST_TEST(holds(body(samples::cloud_project(), Language::French), "Arrêtée"));
}

BOOST_AUTO_TEST_CASE(names_from_the_cloud_stay_text) {
    auto page = samples::cloud_project();
    page.project = page.instances[0].name = page.instances[0].flavor = "<b>\"&";
    const std::string html = body(page);

    BOOST_TEST(!holds(html, "<b>"));
    BOOST_TEST(holds(html, "&lt;b&gt;&quot;&amp;"));
}

BOOST_AUTO_TEST_CASE(a_project_whose_name_fits_no_address_has_no_link) {
    const std::string html = body(samples::cloud_list());

    BOOST_TEST(holds(html, "a/b</th>"));
    BOOST_TEST(holds(html, "href=\"/portal/secure/cloudstats/project/lab/\""));
}

BOOST_AUTO_TEST_SUITE_END()
