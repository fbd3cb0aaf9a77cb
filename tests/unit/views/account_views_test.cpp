#include <boost/test/unit_test.hpp>

#include "tests/unit/views/sample_accounts.h"
#include "views/renderer.h"

namespace {

using portal::Language;

template <class Page>
std::string body(Page page, Language language = Language::English) {
    static portal::views::Renderer renderer({{"Narval", "Narval"},
                                             "/portal",
                                             "/out",
                                             "",
                                             {{"accountstats", "account", "My accounts"}},
                                             false});
    page.frame.language = language;
    return renderer.render(page).body;
}

bool holds(const std::string& text, std::string_view piece) {
    return text.find(piece) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account_views)

BOOST_AUTO_TEST_CASE(the_table_says_hours_and_who_is_gone) {
    const std::string html = body(samples::account_page());

    BOOST_TEST(holds(html, "<data value=\"1234\">1,234</data>"));
    BOOST_TEST(holds(html, ">400</data>"));  // TiB-hours
    BOOST_TEST(holds(html, "?account=rrg-lab_gpu\" translate=\"no\">alice</a>"));
    BOOST_TEST(holds(html, "<span translate=\"no\">bob</span>"));
    BOOST_TEST(holds(html, "no longer a member"));
    BOOST_TEST(holds(html, "unknown user"));
    BOOST_TEST(html.find("id=\"members\"") == html.rfind("id=\"members\""));
    BOOST_TEST(holds(html, "<li translate=\"no\">carol</li>"));
}

BOOST_AUTO_TEST_CASE(none_held_is_a_dash_and_not_measured_is_said) {
    auto page = samples::account_page();
    page.members.rows = {{"bob", {}, false, {{}, {10.0, {}, {}, {}}, samples::held(1, 1)}}};

    const std::string html = body(page);

    BOOST_TEST(holds(html, "class=\"no-data\">–</span>"));
    BOOST_TEST(holds(html, "class=\"no-data\">no data</span>"));
}

BOOST_AUTO_TEST_CASE(the_priority_is_explained) {
    auto page = samples::account_page();
    BOOST_TEST(holds(body(page), "Above its share: jobs wait longer."));
    BOOST_TEST(holds(body(page), "Shows 60 days."));
    page.priority = 1.3;
    page.range_given = true;
    BOOST_TEST(holds(body(page), "Below its share: jobs start sooner."));
    BOOST_TEST(!holds(body(page), "Shows 60 days."));
}

BOOST_AUTO_TEST_CASE(amounts_follow_the_grammar_of_each_language) {
    auto page = samples::account_page();
    page.granted = portal::views::plural_sentence(
        "{0} GPU was allocated to this account by the resource allocation competition.",
        "{0} GPUs were allocated to this account by the resource allocation competition.", 9);
    page.granted.arguments[0] = portal::views::number_argument(8.5);

    BOOST_TEST(holds(body(page), "8.5 GPUs were allocated"));
    BOOST_TEST(holds(body(page, Language::French), "8,5 GPU ont été accordés"));
}

BOOST_AUTO_TEST_CASE(a_missing_source_leaves_the_page_and_its_charts) {
    auto page = samples::account_page();
    page.members = {};
    page.members.missing = portal::SourceId::Prometheus;
    page.priority = portal::Unavailable{};

    const std::string html = body(page);

    BOOST_TEST(holds(html, "unavailable: Prometheus"));
    BOOST_TEST(holds(html, "data-graph=\"gpu_priority\""));
    BOOST_TEST(!holds(html, "Nobody used this account"));
}

BOOST_AUTO_TEST_CASE(charts_of_a_family_share_their_address) {
    const std::string html = body(samples::account_page(), Language::French);

    BOOST_TEST(holds(html,
                     "id=\"graph-cpu_wasted\" "
                     "data-src=\"/portal/secure/accountstats/rrg-lab_gpu/graph/cpu.json\""));
    BOOST_TEST(holds(html, "Cœurs CPU gaspillés"));
    BOOST_TEST(!holds(html, "<p class=\"chart-hint\"></p>"));
}

BOOST_AUTO_TEST_CASE(the_list_of_accounts_has_their_amounts) {
    auto page = samples::account_index();
    const std::string html = body(page);
    BOOST_TEST(holds(html, "Resource allocations"));
    BOOST_TEST(holds(html, ">400</data>"));
    BOOST_TEST(!holds(html, "id=\"go-account\""));

    page.frame.staff = true;
    page.sections.clear();
    BOOST_TEST(holds(body(page), "id=\"go-account\""));
    BOOST_TEST(holds(body(page), "belong to an active allocation."));
}

BOOST_AUTO_TEST_SUITE_END()
