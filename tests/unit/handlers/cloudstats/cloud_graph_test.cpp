// Graphs of OpenStack projects and of single machines.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;

constexpr const char* kProject = "/secure/cloudstats/project/def-smith/";
constexpr const char* kFirst = "11111111-2222-3333-4444-555555555555";
constexpr const char* kSecond = "66666666-7777-8888-9999-aaaaaaaaaaaa";

struct CloudGraphFixture : fakes::PortalFixture {
    CloudGraphFixture() { directory.groups = {{"def-smith", {"alice"}, {}}}; }
    void answer(const std::vector<prometheus::Series>& series) {
        metrics.otherwise = [series](const std::string&, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = series, .warnings = {}};
            for (auto& one : set.series) one.values.resize(grid.count, one.values.at(0));
            return set;
        };
    }
    static prometheus::Series machine(const char* part, double value, const char* uuid,
                                      const char* name) {
        return fakes::part(part, {value}, {{"uuid", uuid}, {"instance_name", name}});
    }
    std::string project(const std::string& slug, const std::string& query = "delta=86400") {
        return body(kProject + ("graph/" + slug) + ".json", query);
    }
    std::string instance(const std::string& slug) {
        return body(kProject + std::string(kFirst) + "/graph/" + slug + ".json", "");
    }
    std::string body(const std::string& path, const std::string& query) {
        const Response response = get(path, query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return response.body;
    }
    bool asked(const std::string& part) const {
        return std::any_of(metrics.texts.begin(), metrics.texts.end(),
                           [&](const std::string& text) { return holds(text, part); });
    }
    static bool holds(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cloud_graph, CloudGraphFixture)

BOOST_AUTO_TEST_CASE(cores_of_each_machine_are_stacked_under_what_there_is) {
    answer({fakes::part("allocated", {4}), machine("used", 5e8, kFirst, "web")});

    const std::string json = project("cpu");

    BOOST_TEST(holds(json, "\"unit\":\"cores\",\"stack\":true"), json);
    BOOST_TEST(holds(json, "\"id\":\"used\",\"labels\":{\"instance\":\"web\"},\"values\":[0.5,"));
    BOOST_TEST(holds(json, "\"id\":\"allocated\",\"labels\":{},\"values\":[4,"));
    BOOST_TEST(json.find("\"used\"") < json.find("\"allocated\""));
}

BOOST_AUTO_TEST_CASE(a_uuid_stands_behind_a_name_only_if_two_machines_share_it) {
    answer({machine("used", 1, kFirst, "web"), machine("used", 1, kSecond, "web"),
            machine("used", 1, kSecond, "db")});

    const std::string json = project("memory");

    BOOST_TEST(holds(json, std::string("{\"instance\":\"web ") + kFirst + "\"}"));
    BOOST_TEST(holds(json, std::string("{\"instance\":\"web ") + kSecond + "\"}"));
    BOOST_TEST(holds(json, "{\"instance\":\"db\"}"));
}

BOOST_AUTO_TEST_CASE(memory_is_in_bytes_and_used_needs_both_measures) {
    answer({machine("used", 2, kFirst, "web"), fakes::part("allocated", {8})});

    const std::string json = project("memory");

    BOOST_TEST(holds(json, "\"unit\":\"bytes\""));
    BOOST_TEST(holds(json, "\"values\":[2048,"), json);
    BOOST_TEST(holds(json, "\"id\":\"allocated\",\"labels\":{},\"values\":[8192,"));
    BOOST_TEST(asked("avg_over_time(libvirtd_domain_balloon_current{project_name=\"def-smith\"}"));
    BOOST_TEST(asked("avg_over_time(libvirtd_domain_balloon_usable{"));
}

BOOST_AUTO_TEST_CASE(traffic_is_per_second) {
    answer({machine("read", 1, kFirst, "web"), machine("write", 2, kFirst, "web")});
    BOOST_TEST(holds(project("disk_bandwidth"), "\"unit\":\"bytes_per_second\",\"stack\":false"));
    BOOST_TEST(holds(project("disk_iops"), "\"unit\":\"ops_per_second\""));
    BOOST_TEST(asked("rate(libvirtd_domain_block_read_requests{"));
    BOOST_TEST(holds(project("network_bandwidth"), "\"unit\":\"bytes_per_second\""));
    BOOST_TEST(asked("rate(libvirtd_domain_net_tx_bytes{"));
    BOOST_TEST(asked("max by (uuid,instance_name,device) ("), "two servers tell of each machine");
    BOOST_TEST(asked("max by (uuid,instance_name,interface) ("));
}

BOOST_AUTO_TEST_CASE(one_machine_shows_its_cores_and_disks) {
    answer({fakes::part("used", {1e9}, {{"vcpu", "1"}}), fakes::part("allocated", {2})});
    BOOST_TEST(
        holds(instance("cpu"), "\"id\":\"core\",\"labels\":{\"vcpu\":\"1\"},\"values\":[1,"));
    answer({fakes::part("read", {3}, {{"device", "0"}}), fakes::part("write", {4})});
    const std::string disks = instance("disk_iops");
    BOOST_TEST(holds(disks, "\"id\":\"device_read\",\"labels\":{\"device\":\"0\"}"), disks);
    BOOST_TEST(holds(disks, "\"id\":\"device_write\",\"labels\":{}"));
    answer({fakes::part("used", {1}, {{"uuid", kFirst}})});
    BOOST_TEST(holds(instance("memory"), "\"id\":\"used\",\"labels\":{},\"values\":[1024,"));
}

BOOST_AUTO_TEST_CASE(many_machines_are_folded_unless_all_are_asked_for) {
    std::vector<prometheus::Series> many;
    for (int i = 0; i < 12; ++i) {
        const std::string name = "vm" + std::to_string(i);
        many.push_back(machine("used", i, kFirst, name.c_str()));
    }
    many.push_back(fakes::part("allocated", {48}));
    answer(many);

    const std::string folded = project("cpu");
    const std::string all = project("cpu", "series=all");

    BOOST_TEST(holds(folded, "\"band\":\"median\""));
    BOOST_TEST(holds(folded, "\"id\":\"allocated\""));
    BOOST_TEST(!holds(all, "\"band\""));
    BOOST_TEST(holds(all, "vm11"));
}

BOOST_AUTO_TEST_CASE(seven_days_are_usual_and_what_is_unknown_is_not_found) {
    project("cpu", "");
    const auto grid = metrics.grids.back();
    BOOST_TEST((grid.last() - grid.start > Seconds{6 * 86400}));
    BOOST_TEST((grid.last() - grid.start <= Seconds{7 * 86400}));
    for (const char* slug : {"nothing", "CPU", "cpu%22", "disk"}) {
        BOOST_TEST(get(kProject + ("graph/" + std::string(slug)) + ".json").status == 404, slug);
    }
    BOOST_TEST(get(kProject + std::string("graph/cpu.json"), "series=some").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
