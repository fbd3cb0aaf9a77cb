#include "handlers/sources/gate.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

using namespace portal;
using namespace std::chrono_literals;

namespace {

constexpr SourceId kSource = SourceId::Slurm;
const SourceError kAway{kSource, Fault::Timeout, "nothing came"};

struct Fixture {
    SystemClock clock;
    Breaker breaker{clock, 4, {.failures = 2, .pause = 1h, .slow = 10ms}};
    CurrentRequest request;
    Gate gate{{request, &breaker}, kSource};
    int calls = 0;

    Fixture() { request.begin(Deadline::in(1h)); }

    Result<int> answer() {
        return gate.call([&]() -> Result<int> { return ++calls; });
    }
    /// As a transport does when its server says nothing for a while.
    Result<int> hang() {
        return gate.call([&]() -> Result<int> {
            ++calls;
            std::this_thread::sleep_for(20ms);
            gate.give_up(kAway);
            return kAway;
        });
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gate, Fixture)

BOOST_AUTO_TEST_CASE(a_source_that_gave_up_is_called_again_in_the_next_request_only) {
    BOOST_TEST(!hang().ok());

    BOOST_TEST(answer().error().detail == "nothing came");
    BOOST_TEST(calls == 1);
    request.begin(Deadline::in(1h));
    BOOST_TEST(answer().ok());
}

BOOST_AUTO_TEST_CASE(a_call_that_was_not_made_is_neither_counted_nor_judged) {
    for (int i = 0; i < 2; ++i) {
        request.begin(Deadline::in(1h));
        BOOST_TEST(!hang().ok());
        BOOST_TEST(!answer().ok());
    }

    BOOST_TEST(breaker.counts(kSource).failed.at(static_cast<std::size_t>(Fault::Timeout)) == 2U);
    BOOST_TEST(breaker.leaves_alone(kSource));
}

BOOST_AUTO_TEST_CASE(a_refused_source_stays_refused_for_the_rest_of_the_request) {
    Breaker open{clock, 4, {.failures = 1, .pause = 30ms, .slow = 10ms}};
    Gate refused{{request, &open}, kSource};
    open.enter(kSource)->failure(20ms);
    const auto ask = [&] { return refused.call([&]() -> Result<int> { return ++calls; }); };

    BOOST_TEST(ask().error().detail == "left alone for a while");
    std::this_thread::sleep_for(50ms);
    BOOST_TEST(ask().error().detail == "left alone for a while");
    BOOST_TEST(open.counts(kSource).left_alone == 1U);
    request.begin(Deadline::in(1h));
    BOOST_TEST(ask().ok());
}

BOOST_AUTO_TEST_CASE(what_the_source_ended_by_itself_is_not_held_against_it) {
    const SourceError ended{kSource, Fault::TooLong, "max_statement_time exceeded"};
    for (int i = 0; i < 5; ++i) {
        request.begin(Deadline::in(1h));
        const auto result = gate.call([&]() -> Result<int> {
            std::this_thread::sleep_for(20ms);
            return ended;
        });
        BOOST_TEST(result.error().detail == ended.detail);
    }

    BOOST_TEST(!breaker.leaves_alone(kSource));
    BOOST_TEST(breaker.counts(kSource).failed.at(static_cast<std::size_t>(Fault::TooLong)) == 5U);
    BOOST_TEST(breaker.counts(kSource).answers());
    BOOST_TEST(answer().ok());
}

BOOST_AUTO_TEST_CASE(a_request_that_is_late_is_not_held_against_the_source) {
    Gate patient{{request, &breaker}, kSource, 1h};
    for (int i = 0; i < 5; ++i) {
        request.begin(Deadline::in(15ms));
        const auto result = patient.call([&]() -> Result<int> {
            std::this_thread::sleep_for(20ms);
            return kAway;
        });
        BOOST_TEST(!result.ok());
    }

    BOOST_TEST(!breaker.leaves_alone(kSource));
}

BOOST_AUTO_TEST_CASE(several_sources_that_hang_do_not_each_take_their_time) {
    Gate other{{request, &breaker}, SourceId::Ldap};
    BOOST_TEST((other.deadline().left() > 59min));

    BOOST_TEST(!hang().ok());

    BOOST_TEST((other.deadline().left() <= CurrentRequest::kAfterHang));
    BOOST_TEST(other.call([] { return Result<int>(7); }).value() == 7);
    request.begin(Deadline::in(1h));
    BOOST_TEST((other.deadline().left() > 59min));
}

struct ProbeFixture : Fixture {
    Breaker closed{clock, 4, {.failures = 1, .pause = 1ms, .slow = 10ms}};
    Gate probing{{request, &closed}, kSource};
    std::optional<SourceError> answer_to_probe = kAway;
    int probes = 0;

    ProbeFixture() {
        probing.probe_with([this](Milliseconds) {
            ++probes;
            if (answer_to_probe) std::this_thread::sleep_for(20ms);
            return answer_to_probe;
        });
        closed.enter(kSource)->failure(20ms);
        std::this_thread::sleep_for(20ms);
    }
    Result<int> ask() {
        request.begin(Deadline::in(1h));
        return probing.call([&]() -> Result<int> { return ++calls; });
    }
};

BOOST_FIXTURE_TEST_CASE(nobodys_question_is_what_finds_out_whether_a_source_is_back, ProbeFixture) {
    BOOST_TEST(ask().error().detail == "nothing came");
    BOOST_TEST(probes == 1);
    BOOST_TEST(calls == 0);
    BOOST_TEST(closed.leaves_alone(kSource));

    std::this_thread::sleep_for(20ms);
    answer_to_probe.reset();
    BOOST_TEST(ask().ok());
    BOOST_TEST(ask().ok());
    BOOST_TEST(probes == 2);
    BOOST_TEST(calls == 2);
}

BOOST_FIXTURE_TEST_CASE(a_source_that_refuses_the_probe_is_back, ProbeFixture) {
    answer_to_probe = SourceError{kSource, Fault::Rejected, "not for you"};

    BOOST_TEST(ask().ok());
    BOOST_TEST(!closed.leaves_alone(kSource));
}

BOOST_AUTO_TEST_CASE(calls_within_a_call_are_counted_once) {
    const auto both = gate.call([&]() -> Result<int> {
        BOOST_TEST(answer().ok());
        return answer();
    });

    BOOST_TEST(both.value() == 2);
    BOOST_TEST(breaker.counts(kSource).answered == 1U);
    BOOST_TEST(answer().ok());
    BOOST_TEST(breaker.counts(kSource).answered == 2U);
}

BOOST_AUTO_TEST_CASE(without_time_nothing_is_called) {
    request.begin(Deadline::in(0ms));

    BOOST_TEST(answer().error().detail == "no time left");
    BOOST_TEST(calls == 0);
    BOOST_TEST(breaker.counts(kSource).failed == decltype(SourceCounts::failed){},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_a_breaker_calls_pass) {
    Gate plain{{}, kSource};

    BOOST_TEST(plain.call([] { return Result<int>(7); }).value() == 7);
}

BOOST_AUTO_TEST_SUITE_END()
