#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <utility>

#include "handlers/background/loop.h"
#include "tests/fakes/fake_summary_db.h"

namespace {

using namespace portal;
using namespace portal::background;
using namespace std::chrono_literals;

/// Both clocks are moved by the test.
class MovedClock final : public Clock {
 public:
    std::chrono::steady_clock::time_point time{std::chrono::hours{1}};
    [[nodiscard]] Instant now() const override {
        return from_unix(1'750'000'000) +
               std::chrono::duration_cast<Seconds>(time.time_since_epoch());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return time; }
};

/// A task that takes some time and comes to what the test says.
class Scripted final : public Task {
 public:
    Scripted(MovedClock& clock, Step& result, int& steps)
        : clock_(clock), result_(result), steps_(steps) {}
    [[nodiscard]] std::string_view name() const override { return "scripted"; }
    [[nodiscard]] Seconds period() const override { return Seconds{30}; }
    Step step(const database::Lease& /*lease*/, database::TaskState& state) override {
        ++steps_;
        ++state.done;
        clock_.time += took;
        return result_;
    }
    Milliseconds took{1000};

 private:
    MovedClock& clock_;
    Step& result_;
    int& steps_;
};

struct LoopFixture {
    LoopFixture() : first(make(first_steps, "a:1:x")), second(make(second_steps, "b:2:y")) {}

    std::unique_ptr<Loop> make(int& steps, std::string holder) {
        Tasks tasks;
        tasks.push_back(std::make_unique<Scripted>(clock, result, steps));
        return std::make_unique<Loop>(std::move(tasks), db, clock, request, settings,
                                      std::move(holder));
    }

    /// Turns of one loop until that much time is over; the database's clock goes along.
    void run(Loop& loop, Milliseconds time) {
        const auto end = clock.time + time;
        while (clock.time < end) {
            const auto before = clock.time;
            clock.time += std::max(loop.turn(), Milliseconds{1});
            db.now += std::chrono::floor<Seconds>(clock.time) - std::chrono::floor<Seconds>(before);
        }
    }

    MovedClock clock;
    fakes::FakeTaskDb db;
    BackgroundSettings settings;
    CurrentRequest request;
    Step result{.more = true};
    int first_steps = 0;
    int second_steps = 0;
    std::unique_ptr<Loop> first;
    std::unique_ptr<Loop> second;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(background_loop, LoopFixture)

BOOST_AUTO_TEST_CASE(rest_leaves_the_share_that_is_named) {
    BOOST_TEST(rest_after(1s, 0.1).count() == 9000);
    BOOST_TEST(rest_after(250ms, 0.5).count() == 250);
    BOOST_TEST(rest_after(1s, 1).count() == 0);
    BOOST_TEST(rest_after(1h, 0.001).count() == 300'000);
}

BOOST_AUTO_TEST_CASE(it_works_for_its_share_of_the_time) {
    run(*first, 100s);

    BOOST_TEST(first_steps == 10);
    BOOST_TEST(db.states.at("scripted").done == 10U);
}

BOOST_AUTO_TEST_CASE(without_more_to_do_it_waits_for_the_period) {
    settings.share = 1;
    result.more = false;

    run(*first, 100s);

    BOOST_TEST(first_steps == 4);
}

BOOST_AUTO_TEST_CASE(a_source_that_is_away_is_asked_less_and_less) {
    result.away = SourceError{SourceId::Prometheus, Fault::Timeout, "3 s"};
    settings.share = 1;

    run(*first, 10min);

    BOOST_TEST(first_steps < 10);
    BOOST_TEST(first_steps > 4);
    BOOST_TEST(db.states.at("scripted").slow);
    BOOST_TEST(db.states.at("scripted").error == "prometheus timeout: 3 s");

    result.away.reset();
    run(*first, 3min);
    BOOST_TEST(!db.states.at("scripted").slow);
    BOOST_TEST(db.states.at("scripted").error == "prometheus timeout: 3 s");
}

BOOST_AUTO_TEST_CASE(a_slow_source_gets_more_rest) {
    settings.share = 1;
    result.jobs = 0;
    run(*first, 20s);
    const int usual = first_steps;
    first_steps = 0;

    result.jobs = 1;
    auto slow = std::make_unique<Scripted>(clock, result, second_steps);
    slow->took = 2s;
    Tasks tasks;
    tasks.push_back(std::move(slow));
    first->stop();
    db.now += Seconds{1};
    Loop other(std::move(tasks), db, clock, request, settings, "c:3:z");
    run(other, 64s);

    BOOST_TEST(usual > 15);
    BOOST_TEST(second_steps == 2);
    BOOST_TEST(db.states.at("scripted").slow);
}

BOOST_AUTO_TEST_CASE(of_two_one_works_and_the_other_takes_over_within_a_minute) {
    run(*first, 20s);
    run(*second, 5s);
    BOOST_TEST(second_steps == 0);
    const std::uint64_t done = db.states.at("scripted").done;

    // The first one is killed.
    const auto dead = clock.time;
    while (second_steps == 0 && clock.time - dead < 2min) run(*second, 1s);

    BOOST_TEST((clock.time - dead <= 60s));
    BOOST_TEST(db.states.at("scripted").done == done + 1);
}

BOOST_AUTO_TEST_CASE(the_lease_lasts_as_long_as_it_rests) {
    settings.share = 0.001;

    run(*first, 250s);
    BOOST_TEST(first_steps == 1);
    run(*second, 1s);

    BOOST_TEST(second_steps == 0);
}

BOOST_AUTO_TEST_CASE(a_frozen_one_that_wakes_up_writes_nothing_and_stops_working) {
    run(*first, 15s);
    // Frozen for a minute: the other one takes the lease.
    clock.time += 60s;
    db.now += 60s;
    run(*second, 1s);
    const auto state = db.states.at("scripted");
    const int before = first_steps;

    static_cast<void>(first->turn());
    run(*first, 4s);

    BOOST_TEST(first_steps == before);
    BOOST_TEST(db.states.at("scripted").done == state.done);
    BOOST_TEST(db.lease->holder == "b:2:y");
}

BOOST_AUTO_TEST_CASE(one_that_loses_the_lease_in_a_step_writes_no_state) {
    run(*first, 1s);
    const auto done = db.states.at("scripted").done;
    db.lease->term += 1;
    db.lease->holder = "b:2:y";
    clock.time += 9s;

    static_cast<void>(first->turn());

    BOOST_TEST(db.states.at("scripted").done == done);
}

BOOST_AUTO_TEST_CASE(it_gives_the_lease_back_when_it_stops) {
    run(*first, 5s);

    first->stop();
    run(*second, 1s);

    BOOST_TEST(second_steps > 0);
}

BOOST_AUTO_TEST_CASE(it_waits_for_the_database_and_goes_on) {
    run(*first, 15s);
    db.away = SourceError{SourceId::Portal, Fault::Unreachable, "refused"};
    run(*first, 2min);
    const int during = first_steps;

    db.away.reset();
    run(*first, 1min);

    BOOST_TEST(first_steps > during);
    BOOST_TEST(db.states.at("scripted").done > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
