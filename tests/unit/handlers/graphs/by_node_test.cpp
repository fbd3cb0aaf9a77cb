#include <boost/test/unit_test.hpp>
#include <cmath>

#include "handlers/graphs/fold.h"

namespace {

using namespace portal;
using graph::Graph;
using graph::NodeView;
using graph::Series;
using prometheus::kGap;

Series line(const std::string& id, const std::string& node, std::vector<double> values) {
    return {id, {{"node", node}}, std::move(values), {}};
}

/// Ten nodes that use 40 of 64 cores each, but for nc2, which uses one.
Graph ten_nodes() {
    Graph graph;
    graph.stack = graph::Stack::Yes;
    graph.limit = graph::Limit{"asked", 640};
    graph.max = 640;
    for (int i = 0; i < 10; ++i) {
        const double cores = i == 2 ? 1 : 40;
        graph.series.push_back(line("node_cores", "nc" + std::to_string(i), {cores, cores}));
    }
    return graph;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(by_node)

BOOST_AUTO_TEST_CASE(eight_nodes_are_no_crowd) {
    Graph graph = ten_nodes();
    graph.series.resize(8);

    BOOST_TEST(!sum_nodes(graph, NodeView{.apart = 1}));

    BOOST_TEST(graph.series.size() == 8U);
    BOOST_TEST(!graph.apart.has_value());
}

BOOST_AUTO_TEST_CASE(more_nodes_are_added_up_against_what_was_requested) {
    Graph graph = ten_nodes();

    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 1}));

    BOOST_TEST_REQUIRE(graph.series.size() == 1U);
    BOOST_TEST(graph.series[0].id == "all_nodes");
    BOOST_TEST(graph.series[0].values[0] == 361);
    BOOST_TEST(graph.limit.value().value == 640);
    BOOST_TEST(graph.fold.value().kind.text() == "total");
    BOOST_TEST(graph.fold.value().of == 10U);
    BOOST_TEST(graph.fold.value().by == "node");
}

BOOST_AUTO_TEST_CASE(who_is_far_from_the_others_is_named) {
    Graph graph = ten_nodes();

    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 1}));

    BOOST_TEST_REQUIRE(graph.apart.has_value());
    BOOST_TEST(graph.apart->median == 40);
    BOOST_TEST_REQUIRE(graph.apart->things.size() == 1U);
    BOOST_TEST(graph.apart->things[0].labels[0].value == "nc2");
    BOOST_TEST(graph.apart->things[0].mean == 1);
}

BOOST_AUTO_TEST_CASE(a_small_distance_and_an_even_job_are_not_worth_a_word) {
    Graph graph = ten_nodes();
    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 50}));
    BOOST_TEST(!graph.apart.has_value());

    graph = ten_nodes();
    graph.series[2].values = {38, 38};
    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 1}));
    BOOST_TEST(!graph.apart.has_value());
}

BOOST_AUTO_TEST_CASE(a_node_without_a_value_is_no_idle_node) {
    Graph graph = ten_nodes();
    graph.series[2].values = {kGap, kGap};

    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 1}));

    BOOST_TEST(!graph.apart.has_value());
    BOOST_TEST(graph.series[0].values[0] == 360);
}

BOOST_AUTO_TEST_CASE(percentages_are_not_added_up_but_their_mean_taken) {
    Graph graph = ten_nodes();
    graph.unit = graph::unit::kPercent;
    graph.limit.reset();
    graph.max = 100;
    for (Series& one : graph.series) one.labels.push_back({"gpu", "0"});
    graph.series[2].values[1] = kGap;

    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 10, .limit = graph::LimitOf::Each}));

    BOOST_TEST(graph.series[0].id == "all_gpus");
    BOOST_TEST(graph.series[0].values[0] == 36.1, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(graph.series[0].values[1] == 40);
    BOOST_TEST(graph.max.value() == 100);
    BOOST_TEST(graph.fold.value().kind.text() == "mean");
    BOOST_TEST(graph.fold.value().by == "gpu");
}

BOOST_AUTO_TEST_CASE(the_limit_of_each_card_is_added_up_with_them) {
    Graph graph = ten_nodes();
    graph.limit->value = 64;
    graph.max = 64;

    BOOST_TEST(sum_nodes(graph, NodeView{.apart = 1, .limit = graph::LimitOf::Each}));

    BOOST_TEST(graph.limit->value == 640);
    BOOST_TEST(graph.max.value() == 640);
}

BOOST_AUTO_TEST_CASE(each_node_is_one_line_the_worst_first) {
    Graph graph = ten_nodes();
    graph.series.push_back(line("node_cores", "nc2", {2, 2}));  // of the same node: added up
    graph.series.push_back(line("node_cores", "nc10", {kGap, kGap}));

    list_nodes(graph, NodeView{.apart = 1});

    BOOST_TEST_REQUIRE(graph.series.size() == 11U);
    BOOST_TEST(graph.series[0].labels[0].value == "nc2");
    BOOST_TEST(graph.series[0].values[0] == 3);
    BOOST_TEST(graph.series[1].labels[0].value == "nc0");
    BOOST_TEST(graph.series[10].labels[0].value == "nc10");
    BOOST_TEST(graph.max.value() == 640.0 / 11, boost::test_tools::tolerance(1e-9));
    BOOST_TEST((graph.stack == graph::Stack::No));
    BOOST_TEST(graph.apart.has_value());
}

BOOST_AUTO_TEST_CASE(only_the_lines_that_count_are_listed) {
    Graph graph = ten_nodes();
    graph.series.push_back(line("other", "nc3", {100, 100}));
    graph.series.push_back({"node_cores", {}, {7, 7}, {}});

    list_nodes(graph, NodeView{.worst = graph::Worst::Highest, .id = "node_cores"});

    BOOST_TEST(graph.series.size() == 10U);
    BOOST_TEST(graph.series[0].labels[0].value == "nc0");
    BOOST_TEST(graph.series[9].labels[0].value == "nc2");
}

BOOST_AUTO_TEST_SUITE_END()
