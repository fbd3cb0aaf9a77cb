#include "handlers/sources/settled_answers.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <string>

#include "tests/fakes/child_process.h"

using portal::SettledAnswers;
using portal::fakes::in_child;

namespace {

constexpr std::size_t kSmall = 4096;

}  // namespace

BOOST_AUTO_TEST_SUITE(settled_answers)

BOOST_AUTO_TEST_CASE(an_answer_is_found_by_its_key_only) {
    SettledAnswers answers(kSmall);
    answers.keep("one", "1");
    answers.keep("two", "");

    BOOST_TEST(answers.find("one").value() == "1");
    BOOST_TEST(answers.find("two").value().empty());
    BOOST_TEST(!answers.find("on").has_value());
    BOOST_TEST(!answers.find("").has_value());
    BOOST_TEST(answers.counts().found == 2U);
    BOOST_TEST(answers.counts().missed == 1U);
}

BOOST_AUTO_TEST_CASE(the_newest_answer_under_a_key_counts) {
    SettledAnswers answers(kSmall);
    answers.keep("one", "1");
    answers.keep("one", "2");

    BOOST_TEST(answers.find("one").value() == "2");
}

BOOST_AUTO_TEST_CASE(all_workers_find_what_one_has_kept) {
    SettledAnswers answers(kSmall);
    BOOST_TEST(in_child([&] {
                   answers.keep("one", "1");
                   return 0;
               }) == 0);

    BOOST_TEST(answers.find("one").value() == "1");
}

BOOST_AUTO_TEST_CASE(what_a_worker_was_writing_when_it_died_is_whole_or_gone) {
    constexpr std::size_t kRoom = std::size_t{4} << 20U;
    SettledAnswers answers(kRoom);
    const std::string text(SettledAnswers::kLongest, 'x');
    for (int times = 0; times < 20; ++times) {
        const pid_t worker = fork();
        if (worker == 0) {
            for (;;) answers.keep("one", text);
        }
        usleep(static_cast<useconds_t>(2000 + 300 * times));
        kill(worker, SIGKILL);
        BOOST_TEST(waitpid(worker, nullptr, 0) == worker);

        const auto found = answers.find("one");
        BOOST_TEST((!found || *found == text));
        answers.keep("two", "2");
        BOOST_TEST(answers.find("two").value() == "2");
    }
}

BOOST_AUTO_TEST_CASE(when_it_is_full_the_oldest_go_and_the_others_stay_whole) {
    SettledAnswers answers(kSmall);
    const auto text = [](int number) { return std::string(700, static_cast<char>('a' + number)); };
    for (int number = 0; number < 26; ++number) {
        answers.keep("key" + std::to_string(number), text(number));
    }

    BOOST_TEST(!answers.find("key0").has_value());
    int there = 0;
    for (int number = 0; number < 26; ++number) {
        const auto found = answers.find("key" + std::to_string(number));
        if (!found) continue;
        ++there;
        BOOST_TEST(*found == text(number));
    }
    BOOST_TEST(there >= 4);
    BOOST_TEST(answers.find("key25").has_value());
}

BOOST_AUTO_TEST_CASE(without_room_nothing_is_kept) {
    SettledAnswers answers(0);
    answers.keep("one", "1");

    BOOST_TEST(!answers.find("one").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_too_long_is_not_kept) {
    SettledAnswers answers(kSmall);
    answers.keep("one", "1");
    answers.keep("long", std::string(kSmall, 'x'));

    BOOST_TEST(!answers.find("long").has_value());
    BOOST_TEST(answers.find("one").value() == "1");
}

BOOST_AUTO_TEST_SUITE_END()
