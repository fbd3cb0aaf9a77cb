#include "handlers/jobstats/graphs/program_graph.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using jobstats::program_names;

using Names = std::vector<std::string>;

/// What Prometheus has of one executable on one node.
struct Used {
    std::string instance;
    std::string exe;
    double cores = 0;
};

struct ProgramFixture : fakes::PortalFixture {
    ProgramFixture() { slurm.jobs = {finished_job(47)}; }

    std::string graph(const std::vector<Used>& all, const std::string& query = "") {
        ++slurm.jobs[0].db_index;  // what is kept of another row says nothing of this one
        metrics.otherwise = [=](const std::string&, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
            for (const Used& used : all) {
                set.series.push_back(
                    {{{"instance", used.instance}}, std::vector<double>(grid.count, used.cores)});
                if (!used.exe.empty()) set.series.back().labels.push_back({"exe", used.exe});
            }
            return fakes::FakeMetrics::Answer(set);
        };
        return get("/secure/jobstats/alice/47/graph/programs.json", query).body;
    }
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A line of the answer up to its first value.
std::string line(const std::string& id, const std::string& labels, const std::string& value) {
    return R"({"id":")" + id + R"(","labels":{)" + labels + R"(},"values":[)" + value + ',';
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(program_graph, ProgramFixture)

BOOST_AUTO_TEST_CASE(a_program_has_the_shortest_name_that_tells_it_from_the_others) {
    BOOST_TEST(program_names({"/usr/bin/gzip", "/opt/a/bin/solve", "/opt/b/bin/solve"}) ==
               (Names{"gzip", "a/bin/solve", "b/bin/solve"}));
    BOOST_TEST(program_names({"solve", "/solve", "/x/solve", "x/solve"}) ==
               (Names{"solve", "/solve", "/x/solve", "x/solve"}));
    BOOST_TEST(program_names({"/", "a/", "//b", "//c//b"}) == (Names{"/", "a/", "//b", "c//b"}));
    BOOST_TEST(program_names({"/bin/resolve", "/bin/solve"}) == (Names{"resolve", "solve"}));
    BOOST_TEST(program_names({}).empty());
}

BOOST_AUTO_TEST_CASE(each_program_is_one_line_over_all_nodes) {
    const std::string body = graph({{"nc1:9798", "/usr/bin/python3", 1},
                                    {"NC1.cluster:9799", "/usr/bin/python3", 0.75},
                                    {"nc2:9798", "/usr/bin/python3", 0.5},
                                    {"nc1:9798", "/usr/bin/gzip", 0.25},
                                    {"nc1:9798", "", 0.125}});

    const auto labels = [](const std::string& name) {
        return R"("exe":"/usr/bin/)" + name + R"(","program":")" + name + '"';
    };
    BOOST_TEST(holds(body, line("program", labels("python3"), "1.5")), body);
    BOOST_TEST(holds(body, line("program", labels("gzip"), "0.25")), body);
    BOOST_TEST(holds(body, line("program_unknown", "", "0.125")), body);
    BOOST_TEST(holds(body, R"("limit":{"id":"asked","value":4})"), body);
}

BOOST_AUTO_TEST_CASE(nothing_is_shown_of_one_program_alone) {
    const std::string nothing = "\"series\":[]";
    BOOST_TEST(holds(graph({{"nc1", "/bin/a", 1}, {"nc2", "/bin/a", 1}}), nothing));
    BOOST_TEST(holds(graph({{"nc1", "/bin/a", 1}, {"nc2", "/bin/a", 1}}, "series=all"), nothing));
    BOOST_TEST(holds(graph({{"nc1", "/bin/a", 1}, {"nc1", "/bin/b", 0}}), nothing));
    BOOST_TEST(holds(graph({}), nothing));
}

BOOST_AUTO_TEST_CASE(all_together_use_no_more_than_the_cores_can) {
    BOOST_TEST(holds(graph({{"nc1", "/bin/a", 2}, {"nc1", "/bin/b", 3}}), "\"values\":[2,"));
    BOOST_TEST(holds(graph({{"nc1", "/bin/a", 2.1}, {"nc1", "/bin/b", 3}}), "\"series\":[]"));
}

BOOST_AUTO_TEST_CASE(only_growth_within_the_bounds_of_the_job_is_asked_for) {
    (void)graph({});

    const std::string& text = metrics.texts.back();
    BOOST_TEST(holds(text, "deriv(slurm_job_process_usage_total{slurmjobid=\"47\"}"), text);
    BOOST_TEST(holds(text, ">= 0 <= 5)"), text);
    BOOST_TEST(!holds(text, "sum"), text);
}

BOOST_AUTO_TEST_CASE(many_nodes_are_added_up_where_the_samples_are) {
    slurm.jobs[0].nodes.assign(9, "nc1");

    (void)graph({});
    BOOST_TEST(metrics.texts.back().starts_with("sum by (exe) (max by (slurmjobid,node,exe) ("),
               metrics.texts.back());
    (void)graph({}, "series=all");
    BOOST_TEST(!holds(metrics.texts.back(), "sum"), metrics.texts.back());
}

BOOST_AUTO_TEST_CASE(each_node_has_its_own_line_where_all_are_asked_for) {
    const std::string body =
        graph({{"nc1", "/bin/a", 1}, {"nc2", "/bin/a", 1}, {"nc1", "b", 1}}, "series=all");
    BOOST_TEST(holds(body, line("program", R"("node":"nc2","exe":"/bin/a","program":"a")", "1")),
               body);
}

BOOST_AUTO_TEST_CASE(a_hostile_name_stays_text) {
    const std::string body = graph({{"nc1", "/home/x/</script>\"\n", 1}, {"nc1", "/bin/b", 1}});
    BOOST_TEST(holds(body, R"(\"\u000)"), body);
    BOOST_TEST(!holds(body, "\n"), body);
}

BOOST_AUTO_TEST_SUITE_END()
