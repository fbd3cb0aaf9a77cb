#include <boost/test/unit_test.hpp>

#include "tests/fakes/account_fixture.h"

namespace {

using namespace portal;
using fakes::of_user;
using fakes::part;

struct AccountGraphFixture : fakes::AccountFixture {
    Response graph(const std::string& slug, const std::string& query = "delta=600") {
        return get("/secure/accountstats/" + account + "/graph/" + slug + ".json", query);
    }
    std::string account = "rrg-lab_cpu";
};

/// The answer from the graph on; all of it if there is no such graph.
std::string behind(const Response& response, const std::string& slug) {
    const auto found = response.body.find("{\"slug\":\"" + slug + "\"");
    return found == std::string::npos ? "none" : response.body.substr(found);
}

bool holds(const std::string& text, const std::string& piece) {
    return text.find(piece) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_graph, AccountGraphFixture)

BOOST_AUTO_TEST_CASE(a_family_is_one_query_a_line_and_three_graphs) {
    answer_with({of_user("alice", "allocated", 8), of_user("alice", "used", 6),
                 of_user("bob", "allocated", 2), of_user("bob", "used", 3)});

    const Response response = graph("cpu");

    BOOST_TEST(metrics.texts.size() == 2U);
    const std::string alice = "\"id\":\"user\",\"labels\":{\"user\":\"alice\"},\"values\":[";
    const std::string bob = "\"id\":\"user\",\"labels\":{\"user\":\"bob\"},\"values\":[";
    BOOST_TEST(
        holds(behind(response, "cpu_allocated"), "\"stack\":true,\"series\":[{" + alice + "8,8"));
    BOOST_TEST(holds(behind(response, "cpu_used"), bob + "3,3"));
    BOOST_TEST(
        holds(behind(response, "cpu_wasted"), "\"stack\":false,\"series\":[{" + alice + "2,2"));
    BOOST_TEST(holds(behind(response, "cpu_wasted"), bob + "0,0"));
}

BOOST_AUTO_TEST_CASE(a_graph_by_its_own_name_comes_alone) {
    answer_with({of_user("alice", "allocated", 8), of_user("alice", "used", 6)});

    for (const char* slug : {"cpu_wasted", "mem_wasted", "gpu_wasted"}) {
        const Response response = graph(slug);
        BOOST_TEST(holds(response.body, std::string("\"graphs\":[{\"slug\":\"") + slug));
        BOOST_TEST(holds(response.body, "\"values\":[2,2"));
        BOOST_TEST(!holds(response.body, "_used"));
    }
    BOOST_TEST(graph("cpu_power").status == 404);
}

BOOST_AUTO_TEST_CASE(what_has_no_counterpart_is_not_wasted) {
    answer_with({of_user("alice", "allocated", 8), of_user("alice", "used", 3),
                 of_user("alice", "open", 2)});

    BOOST_TEST(holds(graph("cpu_wasted").body, "\"values\":[5,5"));
    BOOST_TEST(holds(graph("gpu_wasted").body, "\"values\":[3,3"));
    BOOST_TEST(holds(graph("mem_wasted").body, "\"values\":[7,7"));
}

BOOST_AUTO_TEST_CASE(a_graph_by_its_own_name_asks_for_its_own_lines_only) {
    answer_with({of_user("alice", "used", 6)});

    BOOST_TEST(holds(graph("cpu_used").body, "\"values\":[6,6"));

    BOOST_TEST(metrics.texts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_only_one_rule_knows_is_not_called_wasted) {
    answer_with({of_user("alice", "allocated", 8), of_user("bob", "used", 3)});

    const std::string wasted = behind(graph("cpu"), "cpu_wasted");

    BOOST_TEST(holds(wasted, "\"series\":[]"));
}

BOOST_AUTO_TEST_CASE(series_without_a_user_are_other) {
    answer_with({part("allocated", {5})});

    BOOST_TEST(holds(graph("cpu").body, "\"id\":\"other\",\"labels\":{},\"values\":[5,"));
}

BOOST_AUTO_TEST_CASE(many_users_fold_unless_all_are_asked_for) {
    std::vector<prometheus::Series> series;
    for (int i = 0; i < 30; ++i) series.push_back(of_user("u" + std::to_string(i), "allocated", i));
    answer_with(series);

    const Response folded = graph("cpu_allocated");
    BOOST_TEST(holds(folded.body, "\"folded\":{\"kind\":\"largest\",\"of\":30}"));
    BOOST_TEST(holds(folded.body, "\"id\":\"others\",\"labels\":{},\"values\":[153,"));
    BOOST_TEST(holds(folded.body, "\"u29\""));
    BOOST_TEST(!holds(folded.body, "\"u17\""));

    const Response all = graph("cpu_allocated", "delta=600&series=all");
    BOOST_TEST(!holds(all.body, "folded"));
    BOOST_TEST(holds(all.body, "\"u17\""));
    BOOST_TEST(graph("cpu", "series=some").status == 400);
}

BOOST_AUTO_TEST_CASE(an_account_is_a_label_value_and_never_part_of_the_query) {
    for (const char* slug : {"cpu", "mem", "gpu", "gpu_power", "lustre", "cpu_priority"}) {
        graph(slug);
        BOOST_TEST(holds(metrics.texts.back(), "account=\"rrg-lab_cpu\""), slug);
        BOOST_TEST(!holds(metrics.texts.back(), "account=~"), slug);
    }
    account = "rrg-lab_cpu%7C.%2A";
    BOOST_TEST(graph("lustre").status == 404);
    sign_in("boss", true);
    account = "rrg-lab_cpu|.*";
    BOOST_TEST(graph("lustre").status == 404);
    sign_in("bob", false);
    account = "rrg-lab_cpu";
    BOOST_TEST(graph("lustre").status == 404);
}

BOOST_AUTO_TEST_CASE(power_is_measured_against_the_table_of_the_site) {
    answer_with(
        {of_user("alice", "used", 450'000),
         part("allocated", {2}, {{"user", "alice"}, {"gpu_type", "A100-SXM4-40GB"}}),
         part("allocated", {1}, {{"user", "alice"}, {"gpu_type", "NVIDIA A100-SXM4-40GB"}})});

    const Response response = graph("gpu_power");

    BOOST_TEST(holds(behind(response, "gpu_power_allocated"), "\"values\":[1200,"));
    BOOST_TEST(holds(behind(response, "gpu_power_used"), "\"values\":[450,"));
    BOOST_TEST(holds(metrics.texts.back(), "max by (slurmjobid,node,card,user,gpu_type)"));
    BOOST_TEST(holds(metrics.texts.back(), R"(gpu=~"([^M].*)?")"));
    BOOST_TEST(holds(behind(response, "gpu_power_wasted"), "\"values\":[750,"));
}

BOOST_AUTO_TEST_CASE(power_of_an_unknown_model_is_not_guessed) {
    answer_with({of_user("alice", "used", 450'000),
                 part("allocated", {1}, {{"user", "alice"}, {"gpu_type", "NVIDIA A100-SXM4-40GB"}}),
                 part("allocated", {1}, {{"user", "alice"}, {"gpu_type", "1g.5gb"}})});

    const Response response = graph("gpu_power");

    BOOST_TEST(holds(response.body, "\"gpu_type_unknown\",\"args\":{\"type\":\"1g.5gb\"}"));
    BOOST_TEST(!holds(response.body, "[400,"));
    BOOST_TEST(holds(response.body, "\"values\":[450,"));
}

BOOST_AUTO_TEST_CASE(lustre_lines_are_by_user_and_file_system) {
    answer_with({part("operations", {3}, {{"user", "alice"}, {"fs", "scratch"}}),
                 part("operations", {0}, {{"user", "bob"}, {"fs", "scratch"}}),
                 part("operations", {1}, {{"fs", "scratch"}}),
                 part("read", {7}, {{"fs", "scratch"}, {"user", "alice"}})});

    const Response response = graph("lustre");

    const std::string metadata = behind(response, "lustre_mdt");
    BOOST_TEST(
        holds(metadata, "\"id\":\"user\",\"labels\":{\"user\":\"alice\",\"fs\":\"scratch\"}"));
    BOOST_TEST(holds(metadata, "\"id\":\"other\",\"labels\":{\"fs\":\"scratch\"}"));
    BOOST_TEST(!holds(metadata, "bob"));
    BOOST_TEST(holds(behind(response, "lustre_ost"),
                     "\"id\":\"read\",\"labels\":{\"fs\":\"scratch\",\"user\":\"alice\"}"));
}

BOOST_AUTO_TEST_CASE(every_family_asks_for_an_account_as_the_directory_and_as_slurm_spell_it) {
    sign_in("boss", true);
    account = "RRG-Lab_cpu";
    for (const char* slug : {"cpu", "gpu_power", "lustre", "cpu_priority"}) {
        metrics.texts.clear();
        graph(slug);
        for (const std::string& text : metrics.texts) {
            BOOST_TEST(holds(text, "account=~\"RRG-Lab_cpu|rrg-lab_cpu\""), text);
        }
    }
}

BOOST_AUTO_TEST_CASE(priority_stands_below_the_use_against_the_allocation) {
    // A point is the sum of the samples of three hours, one each minute.
    answer_with({part("allocated", {90'000}), part("used", {54'000}), part("priority", {0.7})});

    const Response response = graph("cpu_priority", "");

    const std::string use = behind(response, "cpu_allocation");
    BOOST_TEST(holds(use, "\"limit\":{\"id\":\"granted\",\"value\":400}"));
    BOOST_TEST(holds(use, "\"id\":\"used\",\"labels\":{},\"values\":[300,"));
    BOOST_TEST(holds(behind(response, "cpu_priority"), "\"unit\":\"priority\""));
    BOOST_TEST(holds(behind(response, "cpu_priority"), "\"values\":[0.7,"));
    const auto& grid = metrics.grids.back();
    BOOST_TEST((grid.last() - grid.start > std::chrono::days{59}));
}

BOOST_AUTO_TEST_CASE(each_series_of_the_priority_may_be_missing) {
    // B23: none of them, or any one of them, is no failure.
    BOOST_TEST(graph("cpu_priority").status == 200);
    for (const char* name : {"allocated", "used", "priority"}) {
        answer_with({part(name, {1})});
        const Response response = graph("cpu_priority");
        BOOST_TEST(response.status == 200);
        BOOST_TEST(holds(response.body, "\"notices\":[]"));
    }
}

BOOST_AUTO_TEST_CASE(where_the_priority_is_infinite_the_graph_says_so) {
    metrics.answers.insert_or_assign("count by () ((max by () (slurm_account_levelfs",
                                     prometheus::SeriesSet{{}, {part("", {1})}, {}});
    metrics.answers.insert_or_assign("count by () (max by () (slurm_account_levelfs",
                                     prometheus::SeriesSet{{}, {part("", {1})}, {}});
    BOOST_TEST(holds(graph("cpu_priority").body, "\"priority_highest\""));
    metrics.answers.clear();
    BOOST_TEST(!holds(graph("cpu_priority").body, "\"priority_highest\""));
}

BOOST_AUTO_TEST_CASE(the_limit_is_that_of_the_account_or_none) {
    answer_with({part("allocated", {500})});
    account = "rrg-lab_gpu";
    BOOST_TEST(!holds(graph("gpu_priority").body, "\"limit\""));
    BOOST_TEST(!holds(graph("cpu_priority").body, "\"limit\""));
    account = "def-smith_cpu";
    directory.groups[0].resources.core_equivalent = 10;
    BOOST_TEST(!holds(graph("cpu_priority").body, "\"limit\""));
}

BOOST_AUTO_TEST_CASE(sources_that_are_away_are_named) {
    prometheus_away();
    for (const char* slug : {"cpu", "gpu_power", "lustre", "cpu_priority"}) {
        const Response response = graph(slug);
        BOOST_TEST(response.status == 503);
        BOOST_TEST(holds(response.body, "\"error\":\"prometheus\""));
    }
    answer_with({part("allocated", {500})});
    ldap_away();
    BOOST_TEST(graph("cpu").status == 503);
    sign_in("boss", true);
    BOOST_TEST(graph("cpu").status == 200);
    const Response response = graph("cpu_priority");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(holds(response.body, "\"source_missing\",\"args\":{\"source\":\"ldap\"}"));
    BOOST_TEST(holds(response.body, "[500,"));
}

BOOST_AUTO_TEST_CASE(graphs_of_exporters_that_are_off_are_not_there) {
    site.exporters.lustre.enabled = site.exporters.account.enabled = false;
    BOOST_TEST(graph("lustre_mdt").status == 404);
    BOOST_TEST(graph("cpu_priority").status == 200);
    BOOST_TEST(!holds(metrics.texts.back(), "slurm_account_levelfs"));
    site.exporters.job.enabled = false;
    BOOST_TEST(graph("cpu_priority").status == 404);
}

BOOST_AUTO_TEST_CASE(two_weeks_are_shown_unless_a_range_is_asked_for) {
    graph("cpu", "");
    const auto usual = metrics.grids.back();
    graph("cpu", "delta=86400");
    const auto day = metrics.grids.back();

    BOOST_TEST((usual.last() - usual.start > std::chrono::days{13}));
    BOOST_TEST((day.last() - day.start < std::chrono::hours{25}));
    BOOST_TEST(graph("cpu", "delta=nan").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
