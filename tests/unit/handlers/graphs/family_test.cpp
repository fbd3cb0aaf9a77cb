#include "handlers/graphs/family.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "handlers/accountstats/account_graphs.h"
#include "handlers/cloudstats/graphs.h"
#include "handlers/home/home.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/graphs/user_graphs.h"
#include "handlers/top/lustre.h"
#include "handlers/usersummary/quota_graphs.h"
#include "views/base/embedded.h"
#include "views/base/words.h"
#include "views/pages/accountstats/account_charts.h"
#include "views/pages/cloudstats/cloud_charts.h"
#include "views/pages/home/home_charts.h"
#include "views/pages/jobstats/job_charts.h"
#include "views/pages/top/lustre_charts.h"
#include "views/pages/usersummary/quota_charts.h"

namespace {

using namespace portal;
using namespace portal::graph;
using Slugs = std::multiset<std::string_view>;

template <class Subject>
Slugs slugs_of(const Families<Subject>& families) {
    Slugs slugs;
    for (const auto& family : families) {
        for (const Row& row : family.graphs) slugs.insert(row.slug);
    }
    return slugs;
}

Slugs slugs_of(std::span<const views::ChartWords> words) {
    Slugs slugs;
    for (const views::ChartWords& one : words) slugs.insert(one.slug);
    return slugs;
}

/// Graphs and words of a page name the same slugs, each once.
template <class Subject>
void check_words(const Families<Subject>& families, std::span<const views::ChartWords> words) {
    const Slugs graphs = slugs_of(families);
    BOOST_TEST(graphs == slugs_of(words), boost::test_tools::per_element());
    BOOST_TEST(std::set(graphs.begin(), graphs.end()).size() == graphs.size());
}

/// Lines of one family have names of their own, but for those of which a site has only one.
template <class Subject>
void check_parts(const Families<Subject>& families) {
    for (const auto& family : families) {
        std::set<std::string_view> parts;
        for (const Row& row : family.graphs) {
            for (const Line& line : row.lines) {
                const bool fresh = parts.insert(line.part.text()).second;
                BOOST_TEST((fresh || line.known != nullptr), line.part.text());
            }
        }
    }
}

using Keys = std::set<std::string, std::less<>>;

/// The word key of a line whose series has these labels.
std::string id_of(const Line& line, std::vector<prometheus::Label> labels) {
    labels.push_back({"part", std::string(line.part.text())});
    return line.id_of == nullptr ? std::string(line.id) : line.id_of({std::move(labels), {}});
}

/// The word keys of the lines that folding makes of others: of those whose series have all labels.
Keys folded_ids(const Row& row) {
    Keys folded;
    if (row.by_node) folded = {"all_nodes", "all_gpus"};
    if (row.fold != &fold_largest) return folded;
    std::vector<prometheus::Label> labels;
    for (const std::string_view label : row.labels) labels.push_back({std::string(label), "x"});
    for (const Line& line : row.lines) {
        const std::size_t many = 100;
        Graph graph;
        graph.series.assign(many, {id_of(line, labels), {}, {1}, {}});
        fold_largest(graph);
        for (const Series& one : graph.series) folded.insert(one.id);
    }
    return folded;
}

/// Word keys of lines: those of the tables, and those that are made up while drawing.
template <class Subject>
void add_ids(Keys& ids, const Families<Subject>& families) {
    for (const auto& family : families) {
        for (const Row& row : family.graphs) {
            Keys own(row.made.begin(), row.made.end());
            // With and without each label that a key is told by.
            for (const Line& line : row.lines) {
                own.insert(id_of(line, {}));
                for (const char* label : {"user", "exe"}) own.insert(id_of(line, {{label, "x"}}));
                own.insert(id_of(line, {{"direction", "TX"}}));
            }
            own.merge(folded_ids(row));
            ids.merge(own);
        }
    }
}

template <class Subject>
void add_units(Keys& units, const Families<Subject>& families) {
    for (const auto& family : families) {
        for (const Row& row : family.graphs) units.emplace(row.unit.word);
    }
}

/// What `add` collects of the graphs of all pages.
template <class Add>
Keys of_all_graphs(Add add) {
    Keys keys;
    add(keys, jobstats::job_graphs().families);
    add(keys, jobstats::user_graphs().families);
    add(keys, accountstats::account_graphs().families);
    add(keys, cloudstats::cloud_graphs().families);
    add(keys, usersummary::quota_graphs().families);
    add(keys, pages::home_families());
    add(keys, top::lustre_graphs().families);
    return keys;
}

/// The word keys of a kind that the pages have words for.
Keys worded(std::string_view kind) {
    Keys keys;
    const auto all = views::embedded::templates();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [](const auto& one) { return one.name == "part_words.tpl"; });
    const std::string text(found == all.end() ? "" : found->text);
    const std::string mark = "data-" + std::string(kind) + "-";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        at += mark.size();
        keys.insert(text.substr(at, text.find('=', at) - at));
    }
    return keys;
}

/// The same without what they are said of: `min-node` is `min`.
Keys plainly_worded(std::string_view kind) {
    Keys plain;
    for (const std::string& key : worded(kind)) plain.insert(key.substr(0, key.find('-')));
    return plain;
}

template <class List>
Keys keys_in(const List& list) {
    return {list.begin(), list.end()};
}

const Row kBits = {.slug = "bits",
                   .unit = unit::kBitsPerSecond,
                   .lines = {{"received", metric::kInfinibandReceived}},
                   .labels = {"node", "device"}};
const Row kPercents = {.slug = "percents",
                       .unit = unit::kPercent,
                       .lines = {{"cycles", metric::kGpuUtilization, "gpu"}},
                       .zeros = Zeros::Dropped};
const Row kShares = {
    .slug = "shares",
    .unit = unit::kGpus,
    .lines = {{"share", metric::kGpuUtilization},
              {.part = "count", .metric = metric::kGpuUtilization, .how = How::Count}}};

prometheus::SeriesSet answer() {
    prometheus::SeriesSet set;
    set.series = {{{{"part", "received"}, {"instance", "nc1:9100"}, {"device", ""}}, {2}},
                  {{{"part", "cycles"}}, {50}},
                  {{{"part", "cycles"}}, {0}},
                  {{{"part", "share"}}, {50}},
                  {{{"part", "count"}}, {4}},
                  {{{"part", "unknown"}}, {1}}};
    return set;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(family)

BOOST_AUTO_TEST_CASE(every_graph_has_words_and_all_words_have_a_graph) {
    check_words(jobstats::job_graphs().families, views::job_charts());
    check_words(jobstats::user_graphs().families, views::user_charts());
    check_words(accountstats::account_graphs().families, views::account_charts());
    check_words(cloudstats::cloud_graphs().families, views::cloud_charts());
    check_words(usersummary::quota_graphs().families, views::quota_charts());
    check_words(pages::home_families(), views::home_charts());
    check_words(top::lustre_graphs().families, views::lustre_charts());
}

BOOST_AUTO_TEST_CASE(every_line_has_a_word_and_all_words_have_a_line) {
    const Keys ids =
        of_all_graphs([](Keys& keys, const auto& families) { add_ids(keys, families); });

    BOOST_TEST(worded("series") == ids, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_unit_has_a_word_and_all_words_have_a_unit) {
    const Keys units =
        of_all_graphs([](Keys& keys, const auto& families) { add_units(keys, families); });

    BOOST_TEST(worded("unit") == units, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_said_of_a_graph_has_words_and_all_words_are_said) {
    BOOST_TEST(worded("limit") == keys_in(kLimitKeys), boost::test_tools::per_element());
    BOOST_TEST(worded("notice") == keys_in(kNoticeKeys), boost::test_tools::per_element());
    BOOST_TEST(plainly_worded("folded") == keys_in(kFoldKeys), boost::test_tools::per_element());
    BOOST_TEST(plainly_worded("band") == keys_in(kBands), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_source_has_a_word) {
    Keys sources;
    for (int source = 0;; ++source) {
        const std::string name = source_name(static_cast<SourceId>(source));
        if (name == "unknown") break;
        sources.insert(name);
    }

    BOOST_TEST(worded("source") == sources, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_lines_of_a_family_can_be_told_apart) {
    check_parts(jobstats::job_graphs().families);
    check_parts(jobstats::user_graphs().families);
    check_parts(accountstats::account_graphs().families);
    check_parts(cloudstats::cloud_graphs().families);
    check_parts(usersummary::quota_graphs().families);
    check_parts(pages::home_families());
    check_parts(top::lustre_graphs().families);
}

BOOST_AUTO_TEST_CASE(samples_are_shown_in_the_unit_of_their_graph) {
    prometheus::SeriesSet found = answer();

    const auto graphs = sort_parts(std::vector{kBits, kPercents, kShares}, found, {});

    BOOST_TEST(graphs[0].series.at(0).values[0] == 16);
    BOOST_TEST(graphs[1].series.at(0).values[0] == 50);
    BOOST_TEST(graphs[2].series.at(0).values[0] == 0.5);
    BOOST_TEST(graphs[2].series.at(1).values[0] == 4);
}

BOOST_AUTO_TEST_CASE(lines_carry_the_labels_of_their_row_and_zeros_go_where_it_says) {
    prometheus::SeriesSet found = answer();

    const auto graphs = sort_parts(std::vector{kBits, kPercents}, found, {});

    BOOST_TEST_REQUIRE(graphs[0].series.at(0).labels.size() == 1U);
    BOOST_TEST(graphs[0].series[0].labels[0].name == "node");
    BOOST_TEST(graphs[0].series[0].labels[0].value == "nc1");
    BOOST_TEST(graphs[0].series[0].id == "received");
    BOOST_TEST_REQUIRE(graphs[1].series.size() == 1U);
    BOOST_TEST(graphs[1].series[0].id == "gpu");
}

BOOST_AUTO_TEST_CASE(a_link_to_a_chart_has_the_title_that_the_chart_has_on_its_page) {
    const views::Messages messages(views::embedded::catalogues(), views::Messages::Style::Plain);
    const views::Words words(messages, Language::English);

    BOOST_TEST(views::anchor_word("graph-cpu", views::job_charts(), words) == "Cores in use");
    BOOST_TEST(views::anchor_word("graph-cpu", views::user_charts(), words) == "Cores");
    BOOST_TEST(views::anchor_word("memory", {}, words) == "Memory");
}

BOOST_AUTO_TEST_SUITE_END()
