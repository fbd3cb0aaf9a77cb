#include "handlers/jobstats/rules.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "fcgi/config/error.h"
#include "fcgi/config/ini.h"
#include "handlers/site.h"

using namespace portal;

namespace {

/// The shipped rules with more sections; throws ConfigError.
Rules with(const std::string& text) {
    const ini::File file = ini::parse(text, "site.ini");
    Site site;
    site.rules = shipped_rules();
    for (const ini::Section& section : file.sections) read_rule(file, section, site);
    check_rules(file, site.rules);
    return site.rules;
}

std::string refusal(const std::string& text) {
    try {
        with(text);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

const Rule& rule_of(const Rules& rules, std::string_view name) {
    return *std::find_if(rules.begin(), rules.end(),
                         [&](const Rule& one) { return one.name == name; });
}

const std::string kTexts =
    "title_en = A {cores}\ntitle_fr = B\ntext_en = C\ntext_fr = D {memory_peak}\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(a_site_changes_the_keys_that_differ) {
    const Rules rules = with("[rule cores-idle]\nwhen = cores_share < 10%\nleast_lost_hours = 5\n");
    const Rule& rule = rule_of(rules, "cores-idle");

    BOOST_TEST(rule.when.size() == 1U);
    BOOST_TEST(rule.when[0].limit == 0.1);
    BOOST_TEST(rule.least_lost == 5);
    BOOST_TEST((rule.advice == Advice::Cores));
    BOOST_TEST(!rule.title.in(Language::French).empty());
    BOOST_TEST(rules.size() == shipped_rules().size());
}

BOOST_AUTO_TEST_CASE(a_site_adds_a_rule_of_its_own) {
    const Rules rules = with(
        "[rule night]\nwhen = running, threads >= 2 * cores, memory > 2GiB, "
        "run_time < 30min\nseverity = information\n" +
        kTexts);
    const Rule& rule = rule_of(rules, "night");

    BOOST_TEST(rule.when.size() == 4U);
    BOOST_TEST((rule.when[1].other == Input::Cores));
    BOOST_TEST(rule.when[1].limit == 2);
    BOOST_TEST(rule.when[2].limit == 2 * kGibibyte);
    BOOST_TEST(rule.when[3].limit == 1800);
}

BOOST_AUTO_TEST_CASE(a_variant_for_a_partition_has_limits_only) {
    const Rules rules = with("[rule cores-idle@debug]\nenabled = no\n");

    BOOST_TEST(rules.size() == shipped_rules().size() + 1);
    BOOST_TEST(rules.back().partition == "debug");
    BOOST_TEST(refusal("[rule cores-idle@debug]\ntitle_en = x\n").find("site.ini:2: title_en: ") ==
               0U);
    BOOST_TEST(refusal("[rule nothing@debug]\n").find("site.ini:1: ") == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_refused_with_its_line_and_key) {
    const std::string head = "[rule mine]\n" + kTexts;
    const std::pair<std::string, std::string> wrong[] = {
        {head + "when = happiness > 3\n", "site.ini:6: when: "},
        {head + "when = cores\n", "site.ini:6: when: "},
        {head + "when = cores ~ 3\n", "site.ini:6: when: "},
        {head + "when = cores > many\n", "site.ini:6: when: "},
        {head + "when = cores > -1\n", "site.ini:6: when: "},
        {head + "when = cores_share > 5000%\n", "site.ini:6: when: "},
        {head + "when = cores_share > 3\n", "site.ini:6: when: "},
        {head + "when = cores > 2 * memory\n", "site.ini:6: when: "},
        {head + "when = cores > 0 * nodes\n", "site.ini:6: when: "},
        {head + "when = cores is poor\n", "site.ini:6: when: "},
        {head + "when = cores_grade is bad\n", "site.ini:6: when: "},
        {head + "when = idle_node_names > 1\n", "site.ini:6: when: "},
        {head + "when = run_time > 3 days\n", "site.ini:6: when: "},
        {head, "site.ini:1: when: "},
        {head + "when = running\nseverity = grave\n", "site.ini:7: severity: "},
        {head + "when = running\nadvice = pray\n", "site.ini:7: advice: "},
        {head + "when = running\ngraph = graph-memory\n", "site.ini:7: graph: "},
        {head + "when = running\ngraph = mem\n", "site.ini:7: graph: "},
        {head + "when = running\nsilences = nobody\n", "site.ini:1: silences: "},
        {head + "when = running\nsilences = mine\n", "site.ini:1: silences: "},
        {head + "when = running\ncolour = red\n", "site.ini:7: colour: "},
        {"[rule mine]\nwhen = running\ntitle_en = A\ntitle_fr = B\n", "site.ini:1: text_en, "},
        {"[rule mine]\nwhen = running\ntext_en = A\ntext_fr = B\ntitle_en = C\n",
         "site.ini:1: title_en, "},
        {"[rule cores-idle]\ntitle_en = {colour} of it\n", "site.ini:2: title_en: "},
        {"[rule cores-idle]\ntext_fr = {cores of it\n", "site.ini:2: text_fr: "},
        {"[rule cores-idle]\nsilences = nodes-idle\n", "site.ini:1: silences: "},
    };
    for (const auto& [text, expected] : wrong) {
        BOOST_TEST(refusal(text).find(expected) == 0U, text << " -> " << refusal(text));
    }
}

BOOST_AUTO_TEST_SUITE_END()
