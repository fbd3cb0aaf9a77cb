#include <signal.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <future>
#include <thread>

#include "fastcgi_client.h"
#include "pool_process.h"

using namespace pool_test;

namespace {

pid_t server_of(const Answer& answer) {
    return answer.body.rfind("pid=", 0) == 0 ? std::atoi(answer.body.c_str() + 4) : 0;
}

/// Clients of different people that ask without a pause from construction to finish().
class Load {
 public:
    Load(const std::string& socket, unsigned clients) {
        for (unsigned i = 0; i < clients; ++i) {
            threads_.emplace_back([this, socket, i] {
                const Parameters from{{"REMOTE_ADDR", "192.0.2." + std::to_string(i)}};
                while (!stop_) {
                    const Answer answer = get(socket, "/sleep?ms=5", from);
                    ++(answer.status == 200 && answer.ended ? good_ : bad_);
                }
            });
        }
    }
    ~Load() { finish(); }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    void finish() {
        stop_ = true;
        for (std::thread& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }
    [[nodiscard]] unsigned good() const { return good_; }
    [[nodiscard]] unsigned bad() const { return bad_; }

 private:
    std::atomic<bool> stop_ = false;
    std::atomic<unsigned> good_ = 0;
    std::atomic<unsigned> bad_ = 0;
    std::vector<std::thread> threads_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pool, PoolProcess)

BOOST_AUTO_TEST_CASE(a_page_is_served_over_the_socket) {
    start(2);

    const Answer answer = get(socket(), "/");

    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.ended);
    BOOST_TEST(answer.body.find("title=Narval") != std::string::npos);
    BOOST_TEST(logged("request method=GET path=/ status=200"));
}

BOOST_AUTO_TEST_CASE(five_replacements_under_load_lose_no_request) {
    start(3);
    Load load(socket(), 8);
    for (unsigned i = 0; i < 5; ++i) {
        change("title_en = ", "title_en = N");
        signal(SIGHUP);
        BOOST_REQUIRE(logged("pool.ready", i + 2));
    }
    load.finish();

    BOOST_TEST(load.bad() == 0U);
    BOOST_TEST(load.good() > 0U);
    BOOST_TEST(get(socket(), "/").body.find("title=NNNNNNarval") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(killed_workers_take_only_the_requests_in_hand) {
    start(3);
    Load load(socket(), 8);
    for (unsigned i = 0; i < 5; ++i) {
        const pid_t worker = server_of(get(socket(), "/"));
        BOOST_REQUIRE(worker > 0);
        kill(worker, SIGKILL);
        BOOST_REQUIRE(logged("worker.ended", i + 1));
    }
    load.finish();

    BOOST_TEST(load.bad() <= 5U);
    BOOST_TEST(load.good() > 0U);
}

BOOST_AUTO_TEST_CASE(a_crash_in_a_request_leaves_the_others_served) {
    start(1);

    BOOST_TEST(get(socket(), "/crash").status == 0);
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_crash_loop_is_slowed_down_and_said) {
    start(1);
    BOOST_TEST(get(socket(), "/crash").status == 0);
    BOOST_TEST(get(socket(), "/crash").status == 0);

    BOOST_TEST(logged("restart_in_s=1"));
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_bad_file_at_a_replacement_keeps_the_old_workers) {
    start(2);
    const pid_t before = server_of(get(socket(), "/"));
    change("mode = local", "mode = nonsense");
    signal(SIGHUP);

    BOOST_TEST(logged("mode: expected one of production, local"));
    BOOST_TEST(logged("pool.not_replaced"));
    BOOST_TEST(get(socket(), "/").status == 200);
    BOOST_TEST(kill(before, 0) == 0);

    change("mode = nonsense", "mode = local");
    signal(SIGHUP);

    BOOST_TEST(logged("pool.ready", 2));
}

BOOST_AUTO_TEST_CASE(a_portal_that_cannot_be_built_keeps_the_old_workers) {
    start(1);
    change("title_en = Narval", "title_en = refuse");
    signal(SIGHUP);

    BOOST_TEST(logged("pool.not_replaced"));
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_stop_lets_the_request_in_hand_end) {
    start(1);
    auto slow = std::async(std::launch::async, [&] { return get(socket(), "/sleep?ms=400"); });
    BOOST_REQUIRE(logged("sleeping"));
    signal(SIGTERM);

    BOOST_TEST(wait() == 0);
    BOOST_TEST(slow.get().status == 200);
    BOOST_TEST(read_file(socket()).empty());
}

BOOST_AUTO_TEST_CASE(more_requests_than_workers_wait_their_turn) {
    start(1);
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 30; ++i) {
        answers.push_back(
            std::async(std::launch::async, [&] { return get(socket(), "/sleep?ms=10"); }));
    }
    for (auto& answer : answers) BOOST_TEST(answer.get().status == 200);
}

BOOST_AUTO_TEST_CASE(one_person_holds_half_of_the_workers_and_the_others_are_served) {
    start(4);
    const Parameters alice{{"REMOTE_USER", "alice@alliancecan.ca"},
                           {"AUTH_TYPE", "shibboleth"},
                           {"affiliation", "member@alliancecan.ca"}};
    const Parameters bob{{"REMOTE_USER", "bob@alliancecan.ca"},
                         {"AUTH_TYPE", "shibboleth"},
                         {"affiliation", "member@alliancecan.ca"}};
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 12; ++i) {
        answers.push_back(
            std::async(std::launch::async, [&] { return get(socket(), "/sleep?ms=1000", alice); }));
    }
    // Once hers are known to take long, half of the workers are his at any moment.
    BOOST_REQUIRE(logged("sleeping", 6));
    BOOST_TEST(get(socket(), "/", bob).body.find("user=bob") != std::string::npos);
    std::size_t begun = 0;
    const std::string text = log();
    for (auto at = text.find("sleeping"); at != std::string::npos;
         at = text.find("sleeping", at + 1)) {
        ++begun;
    }
    BOOST_TEST(begun <= 8U);
    for (auto& answer : answers) BOOST_TEST(answer.get().status == 200);
}

BOOST_AUTO_TEST_CASE(workers_end_when_the_supervisor_is_killed) {
    start(2);
    const pid_t worker = server_of(get(socket(), "/"));
    signal(SIGKILL);
    BOOST_TEST(wait() == 1000 + SIGKILL);

    BOOST_TEST(refused());
    BOOST_TEST(worker > 0);
}

BOOST_AUTO_TEST_SUITE_END()
