#include <signal.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "fastcgi_client.h"
#include "pool_process.h"

using namespace pool_test;

namespace {

bool mentions(const Ended& ended, const std::string& text) {
    return ended.errors.find(text) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(program, PoolProcess)

BOOST_AUTO_TEST_CASE(the_socket_is_for_the_owner_and_the_group) {
    start(1);
    struct stat status {};

    BOOST_REQUIRE(stat(socket().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0660U);
}

BOOST_AUTO_TEST_CASE(a_socket_in_use_is_left_alone_and_a_dead_one_replaced) {
    start(1);

    const Ended second = run(command(1), file("second"));

    BOOST_TEST(second.status == 2);
    BOOST_TEST(mentions(second, "somebody listens there already"));
    BOOST_TEST(get(socket(), "/").status == 200);

    signal(SIGKILL);
    wait();
    BOOST_REQUIRE(refused());
    start(1);

    BOOST_REQUIRE(logged("pool.ready", 2));
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_socket_is_never_removed) {
    const auto words = command(1);
    const std::string place = file("s");
    BOOST_REQUIRE(mkdir(place.c_str(), 0700) == 0);

    const Ended ended = run(words, file("errors"));

    BOOST_TEST(ended.status == 2);
    BOOST_TEST(mentions(ended, "is not a socket"));
}

BOOST_AUTO_TEST_CASE(wrong_usage_and_wrong_files_end_with_2) {
    BOOST_TEST(run({POOL_PROBE, "start"}, file("a")).status == 2);
    change("cluster = narval", "cluster = a b");

    const Ended ended = run(command(1), file("b"));

    BOOST_TEST(ended.status == 2);
    BOOST_TEST(mentions(ended, "cluster: expected Slurm's ClusterName"));
}

BOOST_AUTO_TEST_CASE(production_refuses_an_identity_from_the_environment) {
    change("mode = local", "mode = production");
    auto words = command(1);
    words.emplace_back("--identity-from-environment");

    const Ended ended = run(words, file("errors"), {"REMOTE_USER=alice@alliancecan.ca"});

    BOOST_TEST(ended.status == 2);
    BOOST_TEST(mentions(ended, "needs mode = local"));
}

BOOST_AUTO_TEST_CASE(the_environment_counts_only_when_asked_for) {
    setenv("REMOTE_USER", "alice@alliancecan.ca", 1);
    start(1);

    BOOST_TEST(get(socket(), "/").body.find("user=\n") != std::string::npos);

    signal(SIGTERM);
    BOOST_TEST(wait() == 0);
    start(1, {"--identity-from-environment"});
    BOOST_REQUIRE(logged("pool.ready", 2));

    BOOST_TEST(get(socket(), "/").body.find("user=alice\n") != std::string::npos);
    unsetenv("REMOTE_USER");
}

BOOST_AUTO_TEST_SUITE_END()
