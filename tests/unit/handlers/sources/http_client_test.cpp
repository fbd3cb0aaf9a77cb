#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "handlers/sources/breaker.h"
#include "handlers/sources/http/client.h"
#include "tests/fakes/scripted_server.h"

using namespace portal;
using namespace std::chrono_literals;
using fakes::Script;
namespace data = boost::unit_test::data;

namespace {

using Kind = Script::Kind;

struct Fixture {
    fakes::ScriptedServer server;
    CurrentRequest current;
    http::Client client{{}, SourceId::Prometheus, {current}};
    std::string body;

    http::Request request(Milliseconds timeout = 5s) {
        http::Request result;
        result.url = server.url() + "/x";
        result.form = "query=up";
        result.timeout = timeout;
        result.take = [this](std::string_view piece) {
            body += piece;
            return true;
        };
        return result;
    }

    http::Outcome ask(Milliseconds timeout = 5s) {
        body.clear();
        return client.wait(client.start(request(timeout)));
    }
};

std::string fault_text(const http::Outcome& outcome) {
    return outcome.fault ? fault_name(*outcome.fault) : "none";
}

/// Half a minute at most.
template <typename Condition>
void until(const Condition& condition) {
    for (int i = 0; i < 3000 && !condition(); ++i) std::this_thread::sleep_for(10ms);
}

struct Case {
    Kind kind;
    std::string fault;
    int status;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << static_cast<int>(one.kind) << ' ' << one.fault;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_client, Fixture)

BOOST_AUTO_TEST_CASE(brings_the_body_of_an_answer) {
    server.play(Script{.body = "some text"});

    const auto outcome = ask();

    BOOST_TEST(fault_text(outcome) == "none");
    BOOST_TEST(outcome.status == 200);
    BOOST_TEST(outcome.bytes == 9U);
    BOOST_TEST(body == "some text");
    BOOST_TEST(server.requests().at(0).substr(0, 16) == "POST /x HTTP/1.1");
    BOOST_TEST(server.requests().at(0).ends_with("\r\n\r\nquery=up"));
}

BOOST_DATA_TEST_CASE(names_each_fault,
                     data::make(std::vector<Case>{{Kind::Refuse, "unreachable", 0},
                                                  {Kind::Drop, "unreachable", 0},
                                                  {Kind::Hang, "timeout", 0},
                                                  {Kind::Drip, "timeout", 0},
                                                  {Kind::CutOff, "malformed", 200},
                                                  {Kind::Nonsense, "malformed", 0},
                                                  {Kind::Unavailable, "none", 503}})) {
    server.play(Script{.kind = sample.kind});

    const auto outcome = ask(sample.fault == "timeout" ? 200ms : 10s);

    BOOST_TEST(fault_text(outcome) == sample.fault);
    BOOST_TEST(outcome.status == sample.status);

    server.play(Script{.body = "back"});
    BOOST_TEST(fault_text(ask()) == "none");
    BOOST_TEST(body == "back");
}

BOOST_AUTO_TEST_CASE(keeps_its_connection) {
    for (int i = 0; i < 5; ++i) BOOST_TEST(fault_text(ask()) == "none");

    BOOST_TEST(server.seen().requests == 5U);
    BOOST_TEST(server.seen().connections == 1U);
}

BOOST_AUTO_TEST_CASE(replaces_a_kept_connection_that_is_dead) {
    server.play(Script{.kind = Kind::DropKept});

    for (int i = 0; i < 5; ++i) BOOST_TEST(fault_text(ask()) == "none");

    BOOST_TEST(server.seen().connections == 5U);
}

BOOST_AUTO_TEST_CASE(survives_a_restart_of_the_server) {
    BOOST_TEST(fault_text(ask()) == "none");
    server.play(Script{.kind = Kind::Refuse});
    server.play(Script{});

    BOOST_TEST(fault_text(ask()) == "none");
}

BOOST_AUTO_TEST_CASE(at_most_eight_are_open_and_the_rest_waits_in_line) {
    server.play(Script{.together = 8});
    std::vector<http::Transfer> transfers;
    for (int i = 0; i < 20; ++i) transfers.push_back(client.start(request()));

    for (const auto transfer : transfers) BOOST_TEST(fault_text(client.wait(transfer)) == "none");

    BOOST_TEST(server.seen().most_open == 8U);
    BOOST_TEST(server.seen().requests == 20U);
    BOOST_TEST(server.seen().connections == 8U);
}

BOOST_AUTO_TEST_CASE(a_request_leaves_before_anybody_waits_for_it) {
    client.start(request());
    client.start(request());
    until([&] { return server.seen().requests >= 2; });

    BOOST_TEST(server.seen().requests == 2U);
}

BOOST_AUTO_TEST_CASE(one_that_hangs_costs_the_others_nothing) {
    server.play([](const std::string& text) {
        return Script{.kind = text.find("hang") == std::string::npos ? Kind::Answer : Kind::Hang};
    });
    auto hanging = request(1s);
    hanging.form = "hang";
    const auto first = client.start(std::move(hanging));
    const auto second = client.start(request());

    BOOST_TEST(fault_text(client.wait(first)) == "timeout");
    BOOST_TEST(fault_text(client.wait(second)) == "none");
}

/// Somebody else waits already, and one is all who may while the source hangs.
struct Crowded : Fixture {
    SystemClock clock;
    Breaker breaker{clock, 1, {.slow = 600ms}};
    std::optional<Breaker::Permit> other = breaker.enter(SourceId::Prometheus);

    http::Outcome ask_in_the_crowd() {
        http::ClientSettings settings;
        settings.probe = {.url = server.url() + "/probe", .form = "query=time()", .take = {}};
        http::Client crowded{settings, SourceId::Prometheus, {current, &breaker}};
        return crowded.wait(crowded.start(request()));
    }
};

BOOST_FIXTURE_TEST_CASE(a_server_that_is_only_busy_is_waited_for, Crowded) {
    server.play([](const std::string& text) {
        return Script{.delay = text.find("/probe") == std::string::npos ? 1500ms : 0ms};
    });

    BOOST_TEST(fault_text(ask_in_the_crowd()) == "none");
}

BOOST_FIXTURE_TEST_CASE(a_server_that_answers_nothing_is_given_up_early, Crowded) {
    server.play(Script{.kind = Kind::Hang});

    BOOST_TEST(ask_in_the_crowd().detail == "others wait for it as well");
}

BOOST_AUTO_TEST_CASE(those_in_line_behind_a_hung_source_do_not_add_up) {
    server.play(Script{.kind = Kind::Hang});
    current.begin(Deadline::in(1s));
    std::vector<http::Transfer> transfers;
    for (int i = 0; i < 20; ++i) {
        transfers.push_back(client.start(request(1h)));
    }

    for (const auto transfer : transfers) {
        BOOST_TEST(fault_text(client.wait(transfer)) == "timeout");
    }

    until([&] { return server.seen().requests >= 8; });
    BOOST_TEST(server.seen().requests == 8U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_came_while_the_worker_was_busy_counts) {
    const auto transfer = client.start(request(50ms));
    until([&] { return server.seen().answered == 1; });
    std::this_thread::sleep_for(100ms);

    BOOST_TEST(fault_text(client.wait(transfer)) == "none");
}

BOOST_AUTO_TEST_CASE(the_deadline_of_the_request_wins) {
    server.play(Script{.kind = Kind::Hang});
    current.begin(Deadline::in(100ms));

    BOOST_TEST(fault_text(ask(1h)) == "timeout");
}

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_malformed) {
    server.play(Script{.body = std::string(100'000, 'x')});
    auto small = request();
    small.most_bytes = 50'000;

    const auto outcome = client.wait(client.start(std::move(small)));

    BOOST_TEST(fault_text(outcome) == "malformed");
    BOOST_TEST(outcome.detail == "body too large");
}

BOOST_AUTO_TEST_CASE(the_taker_can_stop_a_transfer) {
    auto stopped = request();
    stopped.take = [](std::string_view) { return false; };

    const auto transfer = client.start(std::move(stopped));
    BOOST_TEST(fault_text(client.wait(transfer)) == "malformed");
    BOOST_TEST(fault_text(ask()) == "none");
}

BOOST_AUTO_TEST_CASE(what_was_cancelled_does_not_answer_the_next_question) {
    server.play(Script{.delay = 50ms, .body = "old"});
    client.start(request());
    client.cancel_all();
    BOOST_TEST(client.unfinished() == 0U);

    server.play(Script{.body = "new"});
    BOOST_TEST(fault_text(ask()) == "none");

    BOOST_TEST(body == "new");
}

BOOST_AUTO_TEST_CASE(sends_credentials) {
    http::Client basic({.user = "portal", .password = {"s3cret"}}, SourceId::Prometheus);
    http::Client bearer({.bearer = {"token"}}, SourceId::Prometheus);

    BOOST_TEST(!basic.wait(basic.start(request())).fault.has_value());
    BOOST_TEST(!bearer.wait(bearer.start(request())).fault.has_value());

    const auto seen = server.requests();
    BOOST_TEST(seen.at(0).find("Authorization: Basic cG9ydGFsOnMzY3JldA==\r\n") !=
               std::string::npos);
    BOOST_TEST(seen.at(1).find("Authorization: Bearer token\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_line_breaks_and_other_schemes) {
    using http::Client;
    BOOST_CHECK_THROW(Client({.bearer = {"x\r\nEvil: 1"}}, SourceId::Prometheus),
                      std::invalid_argument);
    BOOST_CHECK_THROW(Client({.user = "x\ny"}, SourceId::Prometheus), std::invalid_argument);
    for (const std::string url :
         {"file:///etc/passwd", "http://x/\r\nEvil: 1", "http://x/a b", ""}) {
        const auto start = [&] {
            auto bad = request();
            bad.url = url;
            static_cast<void>(client.start(std::move(bad)));
        };
        BOOST_CHECK_THROW(start(), std::invalid_argument);
    }
}

BOOST_AUTO_TEST_SUITE_END()
