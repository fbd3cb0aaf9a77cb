#include "views/renderer.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "tests/unit/views/sample_accounts.h"
#include "tests/unit/views/sample_array.h"
#include "tests/unit/views/sample_modules.h"
#include "tests/unit/views/sample_pages.h"

namespace {

using portal::Language;
using portal::views::Renderer;

Renderer& views_renderer() {
    static Renderer plain({{"Narval", "Narval"},
                           "/portal",
                           "/portal/sign-out?a=1&b=2",
                           "support@example.org",
                           {{"jobstats", "jobs", "My jobs"}},
                           false});
    return plain;
}

template <class Page>
std::string body(Page page, Language language = Language::English) {
    page.frame.language = language;
    return views_renderer().render(page).body;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The text that a reader sees or hears: no tags, no attributes but spoken ones, and nothing that
/// is marked as data (translate="no"), which no translation touches.
std::string visible(std::string page) {
    constexpr std::string_view kData = "translate=\"no\"";
    for (auto at = page.find(kData); at != std::string::npos; at = page.find(kData)) {
        const auto start = page.rfind('<', at);
        page.erase(start, page.find('>', page.find("</", at)) + 1 - start);
    }
    std::string text;
    bool tag = false;
    for (const char letter : page.substr(page.find("<body>"))) {
        if (letter == '<') tag = true;
        if (!tag) text += letter;
        if (letter == '>') tag = false;
    }
    return text;
}

/// Letters of `text` outside ⟦⟧; entities do not count.
std::string outside_brackets(const std::string& text) {
    constexpr std::string_view kOpen = "⟦";
    constexpr std::string_view kClose = "⟧";
    std::string letters;
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, kOpen.size(), kOpen) == 0) ++depth;
        if (text.compare(at, kClose.size(), kClose) == 0) --depth;
        if (text[at] == '&') at = std::min(text.find(';', at), text.size() - 1);
        const char letter = text[at];
        const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        if (depth == 0 && is_letter) letters += letter;
    }
    return letters;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(renderer)

BOOST_AUTO_TEST_CASE(an_array_says_what_it_leaves_out_and_lacks) {
    const std::string html = body(samples::array_page());

    BOOST_TEST(holds(html, "The first 10,000 of 12,000 tasks are shown"));
    BOOST_TEST(holds(html, "The list is cut"));
    BOOST_TEST(holds(html, "--array=3,9999,11000</code>"));
    BOOST_TEST(holds(html, "no data"));
    BOOST_TEST(holds(html, "unavailable: Slurm"));
    BOOST_TEST(holds(html, "&lt;b&gt;sweep"));
    BOOST_TEST(holds(body(samples::array_page(), Language::French), "La liste est tronquée"));
}

BOOST_AUTO_TEST_CASE(a_page_says_its_language) {
    auto page = samples::cpu_job();
    page.frame.language = Language::French;

    const portal::Response response = views_renderer().render(page);

    BOOST_TEST(response.status == 200);
    BOOST_TEST(holds(response.body, "<html lang=\"fr\">"));
    BOOST_TEST(response.headers.at(0).first == "Content-Language");
    BOOST_TEST(response.headers.at(0).second == "fr");
    BOOST_TEST(holds(response.body, "action=\"/portal/language/\""));
    BOOST_TEST(holds(response.body, "name=\"back\" value=\"/portal/secure/jobstats/alice/4711/\""));
    BOOST_TEST(holds(response.body, "name=\"language\" value=\"en\""));
    BOOST_TEST(!holds(response.body, "form_token"));

    page.frame.form_token = "0a1b";
    const std::string known = views_renderer().render(page).body;
    BOOST_TEST(holds(known, "action=\"/portal/secure/language/\""));
    BOOST_TEST(holds(known, "name=\"form_token\" value=\"0a1b\""));
}

BOOST_AUTO_TEST_CASE(other_clusters_are_a_menu_only_where_there_are_any) {
    auto page = samples::cpu_job();
    BOOST_TEST(!holds(body(page), "class=\"clusters\""));
    page.frame.siblings = {{"Béluga <1>", "https://b.example.org/portal/?delta=60"}};

    BOOST_TEST(holds(body(page), "Other clusters</summary>"));
    BOOST_TEST(holds(body(page, Language::French), "Autres grappes</summary>"));
    BOOST_TEST(holds(body(page),
                     "<a href=\"https://b.example.org/portal/?delta=60\" translate=\"no\">"
                     "Béluga &lt;1&gt;</a>"));
}

BOOST_AUTO_TEST_CASE(hostile_names_stay_text) {
    auto page = samples::cpu_job();
    page.name = page.owner = page.account = page.work_dir = "<b>&\"x\"'</b> 漢字";
    page.script.lines = {"</li><script>alert(1)</script>"};
    page.user_link = "javascript:alert(1)";

    const std::string html = body(page);

    BOOST_TEST(!holds(html, "<b>&"));
    BOOST_TEST(holds(html, "&lt;b&gt;&amp;&quot;x&quot;&#39;&lt;/b&gt; 漢字"));
    BOOST_TEST(!holds(html, "<script>alert"));
    BOOST_TEST(!holds(html, "javascript:"));
}

BOOST_AUTO_TEST_CASE(hostile_filters_stay_in_their_fields) {
    auto page = samples::user_page();
    page.filter.chosen = {{"name", "\"><script>", "/?x=\"><script>"}};
    page.frame.path = "/portal/secure/jobstats/alice/?name=%22&x=\"><script>";

    const std::string html = body(page);

    BOOST_TEST(!holds(html, "\"><script>"));
    BOOST_TEST(holds(html, "value=\"&quot;&gt;&lt;script&gt;\""));
}

BOOST_AUTO_TEST_CASE(missing_values_are_neither_zero_nor_blank) {
    auto page = samples::cpu_job();
    page.verdicts = {{"cores",
                      "CPU cores",
                      portal::views::Unit::Count,
                      {portal::Unavailable{}, portal::views::Grade::Unknown},
                      portal::Unavailable{},
                      64.0,
                      {},
                      "graph-cpu",
                      false}};
    page.cost.rows[0].amount = portal::NoData{};
    page.cost.rows[1].amount = std::numeric_limits<double>::quiet_NaN();

    const std::string english = body(page);
    const std::string french = body(page, Language::French);

    BOOST_TEST(holds(english, "unavailable: Prometheus"));
    BOOST_TEST(holds(english, "no data"));
    BOOST_TEST(!holds(english, ">nan"));
    BOOST_TEST(holds(french, "indisponible\u202f: Prometheus"));
    BOOST_TEST(holds(french, "pas de données"));
}

BOOST_AUTO_TEST_CASE(costs_that_do_not_apply_have_no_row) {
    using Kind = portal::views::CostRow::Kind;
    auto page = samples::cpu_job();
    page.verdicts.clear();
    page.cost.rows = {{Kind::Internal, 1.169}, {Kind::Hardware, 1.169}};

    const std::string html = body(page);

    BOOST_TEST(!holds(html, ">Electricity"));
    BOOST_TEST(!holds(html, ">Cooling"));
    BOOST_TEST(!holds(html, ">Energy<"));
    BOOST_TEST(holds(html, ">Hardware"));
}

BOOST_AUTO_TEST_CASE(zero_is_a_number) {
    auto page = samples::user_page();
    page.now.cores.used = 0.0;
    page.now.cores.share = {0.0, portal::views::Grade::Poor};

    BOOST_TEST(holds(body(page), "0 used of 64 allocated"));
}

BOOST_AUTO_TEST_CASE(nothing_that_runs_is_no_missing_measurement) {
    auto page = samples::user_page();
    page.now = {};
    page.waiting_jobs = 0;
    page.jobs.clear();
    page.waiting.clear();

    const std::string html = body(page);

    BOOST_TEST(holds(html, "Nothing is running or waiting."));
    BOOST_TEST(!holds(html, ">no data<"));
    BOOST_TEST(!holds(html, "class=\"verdict"));
}

BOOST_AUTO_TEST_CASE(a_verdict_has_its_mark_its_word_and_the_main_loss) {
    auto page = samples::user_page();
    page.waiting.clear();
    page.jobs = {{{samples::row("1", portal::JobState::Completed)}, {}, 0},
                 {{samples::row("2", portal::JobState::Completed)}, {}, 0}};
    page.jobs[0].rows[0].verdict = {
        portal::views::Grade::Poor,
        portal::views::sentence("{0} of {1} cores idle", {portal::views::number_argument(31),
                                                          portal::views::number_argument(32)})};

    const std::string english = body(page);

    BOOST_TEST(holds(english, "31 of 32 cores idle"));
    BOOST_TEST(holds(english, "class=\"mark is-bad\""));
    BOOST_TEST(holds(body(page, Language::French), "31 cœurs inactifs sur 32"));
    BOOST_TEST(holds(english, "<caption>Partition of these jobs: gpubase_bygpu_b3</caption>"));
    page.jobs[1].rows[0].partition = "other";
    BOOST_TEST(!holds(body(page), "<caption>"));
    BOOST_TEST(holds(body(page), "<small>def-alice_gpu, other</small>"));
}

BOOST_AUTO_TEST_CASE(arrays_fold_and_say_how_their_tasks_went) {
    const std::string html = body(samples::user_page());

    BOOST_TEST(holds(html, "data-fold=\"a1\" aria-expanded=\"true\""));
    BOOST_TEST(holds(html, "5 tasks"));
    BOOST_TEST(holds(html, "Completed × 3"));
    BOOST_TEST(holds(html, "Failed × 2"));
    BOOST_TEST(holds(html, "is-link is-task\" data-fold-of=\"a1\""));
    BOOST_TEST(holds(html, ">900 tasks</a></small>"));
}

BOOST_AUTO_TEST_CASE(a_waiting_job_has_no_graphs_and_says_why_it_waits) {
    const std::string html = body(samples::waiting_job());

    BOOST_TEST(holds(html, "Waiting for enough free resources."));
    BOOST_TEST(!holds(html, "data-graph"));
    BOOST_TEST(!holds(html, ">no data<"));
}

BOOST_AUTO_TEST_CASE(every_chart_has_title_hint_and_source) {
    const std::string html = body(samples::gpu_job(), Language::French);

    BOOST_TEST(holds(html,
                     "id=\"graph-gpu_power\" "
                     "data-src=\"/portal/secure/jobstats/alice/4711/graph/gpu_power.json\""));
    BOOST_TEST(holds(html, "Puissance GPU"));
    BOOST_TEST(holds(html, "Ces graphiques portent sur le nœud entier"));
    BOOST_TEST(!holds(html, "<p class=\"chart-hint\"></p>"));
}

BOOST_AUTO_TEST_CASE(staff_see_whose_data_they_look_at) {
    const std::string html = body(samples::gpu_job());

    BOOST_TEST(holds(html, "You are viewing the data of\n<b translate=\"no\">alice</b>"));
    BOOST_TEST(!holds(body(samples::cpu_job()), "You are viewing the data of"));
}

BOOST_AUTO_TEST_CASE(an_empty_list_says_what_next) {
    auto page = samples::user_page();
    page.jobs.clear();
    page.waiting.clear();
    page.next_link.clear();
    BOOST_TEST(holds(body(page), "No jobs yet"));

    page.filter.chosen = {{"name", "x", page.base}};
    BOOST_TEST(holds(body(page), "No job matches"));

    page.jobs_unavailable = true;
    BOOST_TEST(holds(body(page), "unavailable: Slurm"));
    BOOST_TEST(!holds(body(page), "No job matches"));
}

BOOST_AUTO_TEST_CASE(errors_keep_their_status_and_name_what_is_missing) {
    for (const int status : {400, 401, 403, 404, 405, 413, 429, 500, 503}) {
        const portal::Response response = views_renderer().render(samples::error_page(status));
        BOOST_TEST(response.status == status);
        BOOST_TEST(holds(response.body, ">" + std::to_string(status) + "</p><h1>"));
    }
    BOOST_TEST(holds(body(samples::error_page(503)), "unavailable: Slurm"));
}

BOOST_AUTO_TEST_CASE(the_pseudo_language_leaves_no_letter_untranslated) {
    Renderer pseudo({{"Narval", "⟦Narval⟧"},
                     "/portal",
                     "/out",
                     "support@example.org",
                     {{"jobstats", "jobs", "My jobs"}},
                     true});
    const auto letters = [&](auto page) {
        page.frame.language = Language::French;
        return outside_brackets(visible(pseudo.render(page).body));
    };

    BOOST_TEST(letters(samples::user_page()) == "");
    BOOST_TEST(letters(samples::gpu_job()) == "");
    BOOST_TEST(letters(samples::array_page()) == "");
    BOOST_TEST(letters(samples::quotas_page()) == "");
    BOOST_TEST(letters(samples::summary_page()) == "");
    auto failed = samples::failed_job();
    failed.script.lines.clear();
    BOOST_TEST(letters(failed) == "");
    BOOST_TEST(letters(samples::account_page()) == "");
    BOOST_TEST(letters(samples::account_index()) == "");
    BOOST_TEST(letters(samples::error_page(503)) == "");
    BOOST_TEST(letters(samples::top_index()) == "");
    BOOST_TEST(letters(samples::top_compute()) == "");
    BOOST_TEST(letters(samples::large_jobs()) == "");
    BOOST_TEST(letters(samples::top_lustre()) == "");
    BOOST_TEST(letters(samples::cloud_list()) == "");
    BOOST_TEST(letters(samples::cloud_project()) == "");
    BOOST_TEST(letters(samples::cloud_instance()) == "");
}

BOOST_AUTO_TEST_SUITE_END()
