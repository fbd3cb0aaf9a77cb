#include "fcgi/server/pool_meter.h"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;
using namespace std::chrono_literals;

const CountedRoute kHome{"GET", "/"};
const CountedRoute kJob{"GET", "/secure/jobstats/{username}/{job_id}/"};

struct Fixture {
    PoolMeter meter{{kHome, kJob}, 2, from_unix(1000)};

    /// Runs it in a process of its own, as a worker; returns its exit status.
    template <class Work>
    int in_worker(Work work) {
        const pid_t pid = fork();
        if (pid == 0) {
            meter.worker_started();
            work();
            _exit(0);
        }
        int status = 0;
        waitpid(pid, &status, 0);
        return status;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pool_meter, Fixture)

BOOST_AUTO_TEST_CASE(requests_of_all_workers_are_counted_by_route_and_status) {
    BOOST_TEST(in_worker([&] {
                   meter.request_ended(kJob, 200, 3ms);
                   meter.request_ended(kJob, 404, 30ms);
               }) == 0);
    BOOST_TEST(in_worker([&] {
                   meter.request_ended(kJob, 200, 7s);
                   meter.request_ended({"GET", ""}, 404, 1ms);
               }) == 0);

    const auto requests = meter.requests();

    BOOST_TEST_REQUIRE(requests.size() == 2U);
    BOOST_TEST((requests[0].route == kJob));
    BOOST_TEST(requests[0].by_status.at(200) == 2U);
    BOOST_TEST(requests[0].by_status.at(404) == 1U);
    BOOST_TEST(requests[0].durations.count() == 3U);
    BOOST_TEST(requests[0].durations.at_most[0] == 0U);   // 2.5 ms
    BOOST_TEST(requests[0].durations.at_most[1] == 1U);   // 5 ms
    BOOST_TEST(requests[0].durations.at_most[4] == 2U);   // 50 ms
    BOOST_TEST(requests[0].durations.at_most[10] == 2U);  // 5 s
    BOOST_TEST(requests[0].durations.sum_seconds == 7.033, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(requests[1].route.pattern == "");
    BOOST_TEST(requests[1].by_status.at(404) == 1U);
}

BOOST_AUTO_TEST_CASE(a_status_that_cannot_be_is_counted_at_an_end) {
    meter.request_ended(kHome, 0, 1ms);
    meter.request_ended(kHome, 9999, 1ms);

    BOOST_TEST(meter.requests().at(0).by_status.size() == 2U);
}

BOOST_AUTO_TEST_CASE(busy_workers_are_counted_but_not_those_that_died_with_a_request) {
    meter.worker_started();
    BOOST_TEST(meter.busy() == 0U);
    meter.request_began();
    BOOST_TEST(meter.busy() == 1U);

    BOOST_TEST(in_worker([&] { meter.request_began(); }) == 0);
    BOOST_TEST(meter.busy() == 1U);

    // Their places are free again: as many as ever may come and go.
    for (int i = 0; i < 20; ++i) BOOST_TEST(in_worker([&] { meter.request_began(); }) == 0);
    BOOST_TEST(in_worker([&] {
                   meter.request_began();
                   if (meter.busy() != 2) _exit(1);
               }) == 0);
    meter.request_ended(kHome, 200, 1ms);
    BOOST_TEST(meter.busy() == 0U);
}

BOOST_AUTO_TEST_CASE(deaths_are_counted) {
    meter.worker_died();
    meter.worker_died();

    BOOST_TEST(meter.deaths() == 2U);
    BOOST_TEST(meter.workers() == 2U);
    BOOST_TEST((meter.started() == from_unix(1000)));
}

BOOST_AUTO_TEST_SUITE_END()
