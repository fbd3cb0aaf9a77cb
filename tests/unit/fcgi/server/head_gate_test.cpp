#include "fcgi/server/head_gate.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

using namespace portal;
using namespace std::string_literals;

namespace {

const std::string kBegin = "\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0"s;
const std::string kParams = "\1\4\0\1\0\4\4\0\1\1AB\0\0\0\0"s;
const std::string kParamsEnd = "\1\4\0\1\0\0\0\0"s;
const std::string kBodyEnd = "\1\5\0\1\0\0\0\0"s;

struct Fixture {
    Fixture() { BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0); }
    ~Fixture() {
        for (const int fd : ends) {
            if (fd >= 0) close(fd);
        }
    }
    void say(const std::string& text) const {
        BOOST_REQUIRE(send(ends[0], text.data(), text.size(), 0) ==
                      static_cast<ssize_t>(text.size()));
    }
    void hang_up() {
        close(ends[0]);
        ends[0] = -1;
    }
    [[nodiscard]] Arrived wait() const { return wait_for_head(ends[1], Milliseconds{50}); }

    std::array<int, 2> ends{-1, -1};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(head_gate, Fixture)

BOOST_AUTO_TEST_CASE(a_whole_head_is_ready_and_still_in_the_socket) {
    const std::string head = kBegin + kParams + kParamsEnd;
    say(head);

    const Arrived arrived = wait();

    BOOST_TEST((arrived.how == Arrival::Ready));
    BOOST_TEST(!arrived.whole);
    std::array<char, 128> buffer{};
    BOOST_TEST(recv(ends[1], buffer.data(), buffer.size(), 0) == static_cast<ssize_t>(head.size()));
}

BOOST_AUTO_TEST_CASE(the_end_of_the_body_is_seen_too) {
    say(kBegin + kParams + kParamsEnd + kBodyEnd);

    BOOST_TEST(wait().whole);
}

BOOST_AUTO_TEST_CASE(a_peer_that_says_nothing_or_stops_in_the_middle_is_silent) {
    BOOST_TEST((wait().how == Arrival::Silent));

    say(kBegin + kParams.substr(0, 9));

    BOOST_TEST((wait().how == Arrival::Silent));
}

BOOST_AUTO_TEST_CASE(a_peer_that_went_away_is_gone_even_with_a_whole_head) {
    say(kBegin + kParams + kParamsEnd);
    hang_up();

    BOOST_TEST((wait().how == Arrival::Gone));
}

BOOST_AUTO_TEST_CASE(anything_but_fastcgi_is_broken) {
    say("GET / HTTP/1.1\r\n\r\n");

    BOOST_TEST((wait().how == Arrival::Broken));
}

BOOST_AUTO_TEST_CASE(the_scanner_does_not_care_where_pieces_end) {
    const std::string head = kBegin + kParams + kParamsEnd;
    HeadScanner scanner;

    for (std::size_t i = 0; i + 1 < head.size(); ++i) {
        BOOST_TEST((scanner.feed(head.substr(i, 1)) == HeadScanner::State::More));
    }

    BOOST_TEST((scanner.feed(head.substr(head.size() - 1)) == HeadScanner::State::Complete));
}

BOOST_AUTO_TEST_CASE(a_head_without_end_is_broken_at_a_megabyte) {
    const std::string piece = "\1\4\0\1\xff\xff\0\0"s + std::string(65535, 'x');
    HeadScanner scanner;
    auto state = scanner.feed(kBegin);

    for (int i = 0; i < 17 && state == HeadScanner::State::More; ++i) state = scanner.feed(piece);

    BOOST_TEST((state == HeadScanner::State::Broken));
}

BOOST_AUTO_TEST_SUITE_END()
