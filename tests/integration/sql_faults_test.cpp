#include <boost/test/unit_test.hpp>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/slow_server.h"
#include "tests/integration/slurm_database.h"

namespace portal::slurm {
namespace {

using std::chrono::milliseconds;
using test::SlowServer;

Settings settings_of(std::uint16_t port, milliseconds timeout = milliseconds{300}) {
    Settings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.cluster = "narval";
    settings.user = "nobody";
    settings.timeout = timeout;
    return settings;
}

Fault fault_from(const Settings& settings) {
    const SystemClock clock;
    MysqlSlurmDb db(settings, clock);
    const auto answer = db.running({Uid{1}});
    BOOST_TEST_REQUIRE(!answer.ok());
    return answer.error().fault;
}

/// A packet that promises many bytes of greeting.
std::string endless_greeting() {
    return std::string("\xFF\x00\x00\x00\x0A", 5) + std::string(4000, '5');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sql_faults)

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_unreachable) {
    constexpr std::uint16_t kNobody = 1;

    BOOST_TEST((fault_from(settings_of(kNobody, milliseconds{10'000})) == Fault::Unreachable));
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_given_up) {
    const SlowServer silent("", milliseconds{10});

    BOOST_TEST((fault_from(settings_of(silent.port())) == Fault::Timeout));
}

BOOST_AUTO_TEST_CASE(a_dripping_server_is_given_up_before_it_is_done) {
    const std::string greeting = endless_greeting();
    const SlowServer dripping(greeting, milliseconds{10});

    BOOST_TEST((fault_from(settings_of(dripping.port())) == Fault::Timeout));

    BOOST_TEST(dripping.sent() > 0U);
    BOOST_TEST(dripping.sent() < greeting.size() / 4);
}

BOOST_AUTO_TEST_CASE(a_held_up_answer_is_cut_and_the_next_request_is_whole) {
    test::SlurmDatabase database("22.05");
    const SystemClock clock;
    CurrentRequest request;
    MysqlSlurmDb db(database.settings(), clock, {request});
    request.begin(Deadline::in(milliseconds{20'000}));
    BOOST_TEST(db.running({Uid{5000}}).ok());

    database.run("lock tables narval_job_table write;");
    request.begin(Deadline::in(milliseconds{200}));
    const auto during = db.running({Uid{5000}});
    const auto after_giving_up = db.bearers(JobId{100});
    database.run("unlock tables;");
    request.begin(Deadline::in(milliseconds{20'000}));

    BOOST_TEST_REQUIRE(!during.ok());
    BOOST_TEST((during.error().fault == Fault::Timeout));
    BOOST_TEST(!after_giving_up.ok());
    BOOST_TEST(db.running({Uid{5000}}).ok());
}

BOOST_AUTO_TEST_CASE(nonsense_is_no_answer) {
    const SlowServer nonsense("HTTP/1.1 400 Bad Request\r\n\r\n", milliseconds{1});

    fault_from(settings_of(nonsense.port()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
