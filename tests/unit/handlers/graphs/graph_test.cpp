#include "handlers/graphs/graph.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "handlers/graphs/fold.h"
#include "handlers/graphs/graph_json.h"

namespace {

using namespace portal;
using graph::Series;
using prometheus::kGap;

Series line(const char* node, std::vector<double> values) {
    return {"core", {{"node", node}}, std::move(values), {}};
}

graph::Graph ten_lines() {
    graph::Graph graph;
    for (int i = 0; i < 10; ++i) {
        graph.series.push_back(line(std::to_string(i).c_str(), {i * 1.0, i * 2.0}));
    }
    return graph;
}

/// User n holds n at both points.
graph::Graph users(int count) {
    graph::Graph graph;
    for (int i = 0; i < count; ++i) {
        graph.series.push_back({"user", {{"user", std::to_string(i)}}, {i * 1.0, i * 1.0}, {}});
    }
    return graph;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(graph)

BOOST_AUTO_TEST_CASE(json_has_null_for_gaps_and_keeps_zero) {
    portal::graph::Answer answer;
    answer.grid = {from_unix(600), Seconds{60}, 3};
    portal::graph::Graph graph;
    graph.slug = "cpu";
    graph.series = {line("n<1>\"", {0, kGap, 1.23456})};
    answer.graphs = {graph};

    const std::string json = to_json(answer);

    BOOST_TEST(json.find("\"values\":[0,null,1.235]") != std::string::npos, json);
    BOOST_TEST(json.find("\"grid\":{\"start\":600,\"step\":60,\"n\":3}") != std::string::npos);
    BOOST_TEST(json.find("n\\u003c1>\\\"") != std::string::npos, json);
}

BOOST_AUTO_TEST_CASE(eight_lines_stay_as_they_are) {
    portal::graph::Graph graph = ten_lines();
    graph.series.resize(8);

    fold_min_median_max(graph, portal::graph::Worst::Lowest);

    BOOST_TEST(graph.series.size() == 8U);
    BOOST_TEST(!graph.fold.has_value());
}

BOOST_AUTO_TEST_CASE(more_lines_become_a_band_and_the_worst_three) {
    portal::graph::Graph graph = ten_lines();

    fold_min_median_max(graph, portal::graph::Worst::Lowest);

    BOOST_TEST_REQUIRE(graph.series.size() == 6U);
    BOOST_TEST(graph.series[0].band == "min");
    BOOST_TEST(graph.series[0].values[1] == 0);
    BOOST_TEST(graph.series[1].values[1] == 10);
    BOOST_TEST(graph.series[2].values[1] == 18);
    BOOST_TEST(graph.series[3].labels[0].value == "0");
    BOOST_TEST(graph.series[5].labels[0].value == "2");
    BOOST_TEST(graph.fold.value().of == 10U);
}

BOOST_AUTO_TEST_CASE(lines_of_different_kinds_have_bands_of_their_own) {
    portal::graph::Graph graph = ten_lines();
    for (const Series& read : ten_lines().series) {
        graph.series.push_back(read);
        graph.series.back().id = "write";
    }
    graph.series.push_back(line("x", {1, 1}));
    graph.series.back().id = "few";

    fold_min_median_max(graph, portal::graph::Worst::Highest);

    BOOST_TEST_REQUIRE(graph.series.size() == 13U);
    BOOST_TEST(graph.series[0].id == "core");
    BOOST_TEST(graph.series[6].id == "write");
    BOOST_TEST(graph.series[6].band == "min");
    BOOST_TEST(graph.series[12].id == "few");
    BOOST_TEST(graph.series[12].band.empty());
}

BOOST_AUTO_TEST_CASE(twelve_users_stay_as_they_are) {
    portal::graph::Graph graph = users(12);

    fold_largest(graph);

    BOOST_TEST(graph.series.size() == 12U);
    BOOST_TEST(!graph.fold.has_value());
}

BOOST_AUTO_TEST_CASE(more_users_become_the_largest_and_the_others) {
    portal::graph::Graph graph = users(15);
    graph.series[0].values = {100, kGap};  // much, but a moment only: mean 50

    fold_largest(graph);

    BOOST_TEST_REQUIRE(graph.series.size() == 13U);
    BOOST_TEST(graph.series[0].labels[0].value == "0");  // the order stays
    BOOST_TEST(graph.series[1].labels[0].value == "4");
    BOOST_TEST(graph.series[11].labels[0].value == "14");
    BOOST_TEST(graph.series[12].id == "others");
    BOOST_TEST(graph.series[12].labels.empty());
    BOOST_TEST(graph.series[12].values[0] == 1 + 2 + 3);
    BOOST_TEST(graph.fold.value().kind.text() == "largest");
    BOOST_TEST(graph.fold.value().of == 15U);
}

BOOST_AUTO_TEST_CASE(others_of_whom_nothing_is_known_are_a_gap) {
    portal::graph::Graph graph = users(13);
    for (Series& one : graph.series) one.values[1] = kGap;

    fold_largest(graph);

    BOOST_TEST(graph.series.back().id == "others");
    BOOST_TEST(std::isnan(graph.series.back().values[1]));
}

BOOST_AUTO_TEST_CASE(kinds_share_the_lines_and_have_others_of_their_own) {
    portal::graph::Graph graph = users(10);
    for (Series& one : graph.series) one.id = "read";
    for (Series one : users(10).series) {
        one.id = "write";
        graph.series.push_back(std::move(one));
    }
    graph.series.push_back(line("x", {0, 0}));

    fold_largest(graph);

    BOOST_TEST_REQUIRE(graph.series.size() == 6U + 1 + 6 + 1 + 1);
    BOOST_TEST(graph.series[6].id == "others_read");
    BOOST_TEST(graph.series[13].id == "others_write");
    BOOST_TEST(graph.series[14].id == "core");
}

BOOST_AUTO_TEST_CASE(lines_of_zeros_and_gaps_are_dropped) {
    std::vector<Series> lines = {line("a", {0, kGap}), line("b", {0, 1})};

    portal::graph::drop_zeros(lines);

    BOOST_TEST_REQUIRE(lines.size() == 1U);
    BOOST_TEST(lines[0].labels[0].value == "b");
}

BOOST_AUTO_TEST_CASE(lines_of_one_thing_become_one) {
    const double gap = prometheus::kGap;
    std::vector<portal::graph::Series> lines = {
        {"core", {{"node", "nc1"}, {"core", "0"}}, {1, gap, 3}, {}},
        {"core", {{"node", "nc1"}, {"core", "1"}}, {9, 9, 9}, {}},
        {"core", {{"node", "NC1.example"}, {"core", "0"}}, {1, 2, 2}, {}}};

    portal::graph::join_same(lines);

    BOOST_TEST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(lines[0].values == (std::vector<double>{1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(hosts_are_compared_without_case_port_and_domain) {
    BOOST_TEST(portal::graph::node_key("NX011.cluster.example:9100") == "nx011");
    BOOST_TEST(portal::graph::node_key("10.0.0.7:9100") == "10.0.0.7");
    BOOST_TEST(portal::graph::node_key("[fe80::1]:9100") == "[fe80::1");
}

BOOST_AUTO_TEST_CASE(a_line_with_many_gaps_is_sparse) {
    const double gap = prometheus::kGap;
    BOOST_TEST(portal::graph::is_sparse({}, 9));
    BOOST_TEST(portal::graph::is_sparse({{{}, {1, gap, 1, gap, 1}}}, 9));
    BOOST_TEST(!portal::graph::is_sparse({{{}, {gap, gap, 1, 1, 1, gap}}}, 9));
    BOOST_TEST(!portal::graph::is_sparse({{{}, {1, gap, gap, 1}}}, 1));
}

BOOST_AUTO_TEST_CASE(a_node_is_its_instance_without_port_and_domain) {
    BOOST_TEST(portal::graph::node_of("nc1:9100", "") == "nc1");
    BOOST_TEST(portal::graph::node_of("nc1.int.example:9100", "int.example") == "nc1");
    BOOST_TEST(portal::graph::node_of("nc1", "int.example") == "nc1");
    BOOST_TEST(portal::graph::node_of("[2001:db8::11]:9798", "") == "[2001:db8::11]");
    BOOST_TEST(portal::graph::node_key("[2001:db8::11]") !=
               portal::graph::node_key("[2001:db8::12]"));
}

BOOST_AUTO_TEST_SUITE_END()
