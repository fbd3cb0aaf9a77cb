#include "handlers/sources/shared_answers.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/fakes/child_process.h"

using namespace portal;
using fakes::in_child;
using namespace std::chrono_literals;

namespace {

struct ManualClock final : Clock {
    Instant time = from_unix(1'750'000'000);
    [[nodiscard]] Instant now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
};

struct Fixture {
    ManualClock clock;
    SharedAnswers answers{clock, 3};
    int asked = 0;

    /// What place `place` answers, asking the source if need be.
    std::string get(std::size_t place, const std::string& source = "fresh") {
        const auto answer = answers.get(place, 60s, [&]() -> Result<std::string> {
            ++asked;
            return source;
        });
        return answer.value().text;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(shared_answers, Fixture)

BOOST_AUTO_TEST_CASE(an_answer_is_made_once_and_good_for_a_while) {
    BOOST_TEST(get(0, "first") == "first");
    clock.time += 59s;
    BOOST_TEST(get(0, "second") == "first");
    clock.time += 1s;
    BOOST_TEST(get(0, "third") == "third");

    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(the_age_is_told) {
    static_cast<void>(get(0));
    clock.time += 20s;

    const auto answer =
        answers.get(0, 60s, []() -> Result<std::string> { return std::string("new"); });

    BOOST_TEST((answer.value().age == 20s));
}

BOOST_AUTO_TEST_CASE(places_do_not_know_of_each_other) {
    static_cast<void>(get(0, "zero"));

    BOOST_TEST(get(1, "one") == "one");
    BOOST_TEST(get(0) == "zero");
    BOOST_CHECK_THROW(static_cast<void>(get(3)), std::logic_error);
}

BOOST_AUTO_TEST_CASE(what_one_worker_made_the_others_have) {
    const int code = in_child([&] { return get(2, "by the child") == "by the child" ? 0 : 1; });

    BOOST_TEST(code == 0);
    BOOST_TEST(get(2) == "by the child");
    BOOST_TEST(asked == 0);
}

BOOST_AUTO_TEST_CASE(an_error_is_told_and_not_kept) {
    const auto away = answers.get(0, 60s, []() -> Result<std::string> {
        return SourceError{SourceId::Prometheus, Fault::Timeout, ""};
    });

    BOOST_TEST(!away.ok());
    BOOST_TEST(get(0, "back") == "back");
}

BOOST_AUTO_TEST_CASE(while_one_makes_it_the_others_wait_for_it) {
    int ready[2];
    BOOST_REQUIRE(pipe(ready) == 0);
    const pid_t maker = fork();
    if (maker == 0) {
        static_cast<void>(answers.get(0, 60s, [&]() -> Result<std::string> {
            static_cast<void>(!write(ready[1], "x", 1));
            usleep(200'000);
            return std::string("by the maker");
        }));
        _exit(0);
    }
    char byte = 0;
    BOOST_REQUIRE(read(ready[0], &byte, 1) == 1);

    BOOST_TEST(get(0, "mine") == "by the maker");
    BOOST_TEST(asked == 0);
    waitpid(maker, nullptr, 0);
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_ever_nor_for_the_dead) {
    int ready[2];
    BOOST_REQUIRE(pipe(ready) == 0);
    const pid_t maker = fork();
    if (maker == 0) {
        static_cast<void>(answers.get(0, 60s, [&]() -> Result<std::string> {
            static_cast<void>(!write(ready[1], "x", 1));
            pause();
            return std::string("never");
        }));
        _exit(0);
    }
    char byte = 0;
    BOOST_REQUIRE(read(ready[0], &byte, 1) == 1);
    const auto own = [&]() -> Result<std::string> { return std::string("own"); };

    BOOST_TEST(answers.get(0, 60s, own, 20ms).value().text == "own");
    kill(maker, SIGKILL);
    waitpid(maker, nullptr, 0);
    BOOST_TEST(get(0, "next") == "next");
    BOOST_TEST(get(0) == "next");
}

BOOST_AUTO_TEST_CASE(an_answer_too_long_to_keep_is_answered_all_the_same) {
    const std::string longest(SharedAnswers::kLongest + 1, 'x');

    BOOST_TEST(get(0, longest) == longest);
    BOOST_TEST(get(0, "short") == "short");
}

BOOST_AUTO_TEST_SUITE_END()
