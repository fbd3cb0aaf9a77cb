#include "fcgi/server/work_shares.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace portal;

namespace {

constexpr std::uint64_t kBusy = 7;
constexpr std::uint64_t kOther = 9;
constexpr useconds_t kLong = 700'000;  // more than a request may take without being counted

/// Other workers of the pool, each at work for one person until they are stopped.
struct Fixture {
    WorkShares shares{4};
    std::vector<pid_t> workers;

    Fixture() { shares.worker_started(); }
    ~Fixture() { stop(); }
    Fixture(const Fixture&) = delete;
    Fixture& operator=(const Fixture&) = delete;

    void work_for(std::uint64_t person) {
        workers.push_back(fork());
        if (workers.back() != 0) return;
        shares.worker_started();
        if (!shares.begin(person)) _exit(1);
        for (;;) pause();
    }
    void stop() {
        for (const pid_t worker : workers) {
            kill(worker, SIGKILL);
            waitpid(worker, nullptr, 0);
        }
        workers.clear();
    }
    bool may_begin(std::uint64_t person) {
        const bool may = shares.begin(person);
        if (may) shares.end();
        return may;
    }
};

Request request_of(Method method, const std::string& login, const std::string& address) {
    Request request;
    request.method = method;
    request.remote_address = address;
    request.identity.viewer.login.value = login;
    return request;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(work_shares, Fixture)

BOOST_AUTO_TEST_CASE(whose_requests_take_long_holds_half_of_the_workers) {
    work_for(kBusy);
    work_for(kBusy);
    usleep(kLong);

    BOOST_TEST(!may_begin(kBusy));
    BOOST_TEST(may_begin(kOther));
    BOOST_TEST(may_begin(0));
}

BOOST_AUTO_TEST_CASE(less_than_half_is_no_matter) {
    work_for(kBusy);
    usleep(kLong);

    BOOST_TEST(may_begin(kBusy));
}

BOOST_AUTO_TEST_CASE(dead_workers_do_not_count) {
    work_for(kBusy);
    work_for(kBusy);
    usleep(kLong);
    BOOST_TEST(!may_begin(kBusy));

    stop();
    BOOST_TEST(may_begin(kBusy));
}

BOOST_AUTO_TEST_CASE(a_person_is_a_login_or_else_an_address_and_uploads_are_nobodys) {
    const auto alice = person_of(request_of(Method::Get, "alice", "192.0.2.1"));

    BOOST_TEST(alice == person_of(request_of(Method::Get, "alice", "192.0.2.2")));
    BOOST_TEST(alice != person_of(request_of(Method::Get, "bob", "192.0.2.1")));
    BOOST_TEST(person_of(request_of(Method::Get, "", "192.0.2.1")) !=
               person_of(request_of(Method::Get, "", "192.0.2.2")));
    BOOST_TEST(person_of(request_of(Method::Put, "", "192.0.2.1")) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
