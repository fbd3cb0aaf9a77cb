#include "handlers/sources/breaker.h"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace portal;
using namespace std::chrono_literals;

namespace {

struct ManualClock final : Clock {
    std::chrono::steady_clock::time_point time{};
    [[nodiscard]] Instant now() const override { return {}; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return time; }
};

constexpr SourceId kSource = SourceId::Prometheus;

struct Fixture {
    ManualClock clock;
    Breaker breaker{clock, 4};

    /// Asks once and fails after this time; false if it was not allowed to.
    bool fail_once(Milliseconds after = 3s) {
        auto permit = breaker.enter(kSource);
        if (!permit) return false;
        clock.time += after;
        permit->failure(after);
        return true;
    }

    bool succeed_once(Milliseconds after = 10ms) {
        auto permit = breaker.enter(kSource);
        if (permit) permit->success(after);
        return permit.has_value();
    }

    void open() {
        for (int i = 0; i < 3; ++i) BOOST_TEST(fail_once());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(breaker, Fixture)

BOOST_AUTO_TEST_CASE(a_healthy_source_is_never_refused) {
    std::vector<std::optional<Breaker::Permit>> permits;
    for (int i = 0; i < 300; ++i) permits.push_back(breaker.enter(kSource));

    for (const auto& permit : permits) BOOST_TEST(permit.has_value());
}

BOOST_AUTO_TEST_CASE(three_slow_failures_in_a_row_keep_everybody_away) {
    open();

    BOOST_TEST(!breaker.enter(kSource).has_value());
    BOOST_TEST(breaker.enter(SourceId::Slurm).has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_in_between_starts_the_count_again) {
    BOOST_TEST(fail_once());
    BOOST_TEST(fail_once());
    BOOST_TEST(succeed_once());
    BOOST_TEST(fail_once());
    BOOST_TEST(fail_once());

    BOOST_TEST(succeed_once());
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_at_once_holds_up_nobody_and_is_asked_again) {
    for (int i = 0; i < 10; ++i) BOOST_TEST(fail_once(5ms));
}

BOOST_AUTO_TEST_CASE(whoever_gives_up_as_soon_as_it_may_does_not_open_a_source_that_hangs) {
    auto early = breaker.enter(kSource);
    clock.time += early->patience();
    open();
    early->failure(early->patience());

    BOOST_TEST(!breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(after_the_pause_one_worker_tries) {
    open();
    clock.time += 2001ms;

    const auto probe = breaker.enter(kSource);

    BOOST_TEST(probe.has_value());
    BOOST_TEST(!breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(a_good_try_opens_the_source_to_all) {
    open();
    clock.time += 2001ms;

    BOOST_TEST(succeed_once());

    BOOST_TEST(succeed_once());
}

BOOST_AUTO_TEST_CASE(a_failed_try_begins_a_new_pause) {
    open();
    clock.time += 2001ms;

    BOOST_TEST(fail_once());

    BOOST_TEST(!breaker.enter(kSource).has_value());
    clock.time += 2001ms;
    BOOST_TEST(breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(a_try_without_a_result_passes_to_the_next) {
    open();
    clock.time += 2001ms;

    breaker.enter(kSource).reset();

    BOOST_TEST(breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(while_the_source_was_slow_lately_some_workers_stay_free) {
    BOOST_TEST(fail_once());
    const auto first = breaker.enter(kSource);
    auto second = breaker.enter(kSource);
    clock.time += 300ms;

    BOOST_TEST(!breaker.enter(kSource).has_value());

    second.reset();
    BOOST_TEST(breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(short_questions_pass_beside_long_ones) {
    BOOST_TEST(succeed_once(2s));
    const auto slow = breaker.enter(kSource);
    clock.time += 900ms;

    const auto one = breaker.enter(kSource);
    const auto two = breaker.enter(kSource);
    const auto three = breaker.enter(kSource);

    BOOST_TEST(one.has_value());
    BOOST_TEST(two.has_value());
    BOOST_TEST(three.has_value());
}

BOOST_AUTO_TEST_CASE(somebody_who_waits_long_is_warning_enough) {
    const auto first = breaker.enter(kSource);
    const auto second = breaker.enter(kSource);
    BOOST_TEST(breaker.enter(kSource).has_value());
    clock.time += 1100ms;

    BOOST_TEST(!breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(those_above_the_number_give_up_and_the_others_stay) {
    auto first = breaker.enter(kSource);
    const auto second = breaker.enter(kSource);
    const auto third = breaker.enter(kSource);

    BOOST_TEST(!first->give_up());
    BOOST_TEST(!second->give_up());
    BOOST_TEST(third->give_up());

    first.reset();
    BOOST_TEST(!third->give_up());
}

BOOST_AUTO_TEST_CASE(all_but_the_one_that_tries_give_up_a_source_found_hung) {
    const auto waiting = breaker.enter(kSource);
    BOOST_TEST(!waiting->give_up());

    open();

    BOOST_TEST(waiting->give_up());
    clock.time += 2001ms;
    const auto probe = breaker.enter(kSource);
    BOOST_TEST(!probe->give_up());
}

BOOST_AUTO_TEST_CASE(while_it_answers_anybody_nobody_is_refused_and_nobody_gives_up) {
    const auto first = breaker.enter(kSource);
    const auto second = breaker.enter(kSource);
    const auto third = breaker.enter(kSource);
    clock.time += 1500ms;
    BOOST_TEST(!breaker.enter(kSource).has_value());

    first->answered();

    BOOST_TEST(breaker.enter(kSource).has_value());
    BOOST_TEST(!third->give_up());
    clock.time += 1000ms;
    BOOST_TEST(!breaker.enter(kSource).has_value());
    BOOST_TEST(third->give_up());
}

BOOST_AUTO_TEST_CASE(questions_that_take_too_long_do_not_close_a_source_that_answers_others) {
    for (int i = 0; i < 5; ++i) {
        auto slow = breaker.enter(kSource);
        clock.time += 3s;
        BOOST_TEST(succeed_once());
        slow->failure(3s);
    }

    BOOST_TEST(!breaker.leaves_alone(kSource));
}

BOOST_AUTO_TEST_CASE(one_of_those_that_wait_looks_for_a_sign_of_life_at_a_time) {
    const auto first = breaker.enter(kSource);
    const auto second = breaker.enter(kSource);
    clock.time += 600ms;

    BOOST_TEST(first->wants_sign());
    BOOST_TEST(!second->wants_sign());
    clock.time += 600ms;
    BOOST_TEST(second->wants_sign());
    second->answered();
    clock.time += 400ms;
    BOOST_TEST(!first->wants_sign());
    clock.time += 200ms;
    BOOST_TEST(first->wants_sign());
}

BOOST_AUTO_TEST_CASE(is_one_for_all_processes) {
    const pid_t child = fork();
    if (child == 0) {
        // The child must not run the rest of the tests.
        for (int i = 0; i < 3; ++i) static_cast<void>(fail_once());
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);

    BOOST_TEST(!breaker.enter(kSource).has_value());
}

BOOST_AUTO_TEST_CASE(a_dead_worker_leaves_its_place) {
    const pid_t child = fork();
    if (child == 0) {
        const auto permit = breaker.enter(kSource);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);

    BOOST_TEST(breaker.waiting(kSource) == 0U);
}

BOOST_AUTO_TEST_CASE(a_place_is_leased) {
    const auto permit = breaker.enter(kSource);
    BOOST_TEST(breaker.waiting(kSource) == 1U);
    clock.time += 61s;

    BOOST_TEST(breaker.waiting(kSource) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
