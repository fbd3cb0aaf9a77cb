#include "fcgi/server/head_gate.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

#include "fcgi/server/body_reader.h"

using namespace portal;
using namespace std::string_literals;

namespace {

const std::string kBegin = "\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0"s;
const std::string kParams = "\1\4\0\1\0\4\4\0\1\1AB\0\0\0\0"s;
const std::string kParamsEnd = "\1\4\0\1\0\0\0\0"s;
const std::string kGetValues = "\1\11\0\0\0\20\0\0\16\0FCGI_MAX_CONNS"s;
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

BOOST_AUTO_TEST_CASE(a_whole_head_is_ready_and_what_follows_it_kept) {
    const std::string head = kBegin + kParams + kParamsEnd;
    say(head + kBodyEnd);

    const Arrived arrived = wait();

    BOOST_TEST((arrived.how == Arrival::Ready));
    BOOST_TEST(arrived.head == head);
    BOOST_TEST(arrived.rest == kBodyEnd);
    BOOST_TEST(arrived.request == 1U);
}

BOOST_AUTO_TEST_CASE(a_body_is_read_out_of_its_records) {
    BodyReader reader(1);
    const std::string records = "\1\5\0\1\0\3\2\0abc\0\0"s + "\1\5\0\1\0\2\0\0de"s + kBodyEnd;
    std::string body;
    for (const char c : records) {
        BOOST_TEST(!reader.ended());
        body += reader.feed({&c, 1});
    }

    BOOST_TEST(body == "abcde");
    BOOST_TEST(reader.ended());
    for (const std::string& foreign :
         {kBegin, kParams, "\1\2\0\1\0\0\0\0"s, kGetValues, "\1\5\0\2\0\0\0\0"s}) {
        BodyReader other(1);
        BOOST_TEST(other.feed(foreign).empty());
        BOOST_TEST(other.broken());
    }
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

BOOST_AUTO_TEST_CASE(a_head_that_announces_too_much_is_refused_before_it_comes) {
    const std::string announced = "\1\4\0\1\xff\xff\0\0"s;
    const std::string value(65530, 'x');
    const std::string pair = "\1\x80\0\xff\xf9"s;
    HeadScanner scanner;

    BOOST_TEST((scanner.feed(kBegin + announced + pair + "A" + value.substr(1)) ==
                HeadScanner::State::More));
    BOOST_TEST((scanner.feed(announced) == HeadScanner::State::TooLong));
}

BOOST_AUTO_TEST_CASE(what_libfcgi_could_stumble_over_never_reaches_it) {
    const std::string four_bytes = "\1\4\0\1\0\10\0\0"s;
    const std::string huge = "\xC0\0\0\0\xC0\0\0\0"s;
    for (const std::string& head :
         {kGetValues, kBegin + kGetValues, kBegin + kBegin, kBegin + kBodyEnd,
          kBegin + four_bytes + huge, kBegin + "\1\4\0\2\0\0\0\0"s, kBegin + "\1\2\0\1\0\0\0\0"s,
          "\1\1\0\1\0\11\0\0\0\1\0\0\0\0\0\0\0"s, "\1\1\0\0\0\10\0\0\0\1\0\0\0\0\0\0"s,
          // A pair that ends in the middle of a length, of a name.
          kBegin + "\1\4\0\1\0\1\0\0\1"s + kParamsEnd,
          kBegin + "\1\4\0\1\0\3\0\0\5\5A"s + kParamsEnd}) {
        HeadScanner scanner;
        BOOST_TEST((scanner.feed(head) == HeadScanner::State::Broken));
    }
}

BOOST_AUTO_TEST_CASE(a_pair_may_go_over_several_records) {
    const std::string first = "\1\4\0\1\0\3\0\0\2\x80\0"s;
    const std::string second = "\1\4\0\1\0\5\0\0\0\3ABx"s;
    const std::string third = "\1\4\0\1\0\4\0\0yz\0\0"s;
    HeadScanner scanner;

    BOOST_TEST((scanner.feed(kBegin + first + second + third + kParamsEnd) ==
                HeadScanner::State::Complete));
}

BOOST_AUTO_TEST_SUITE_END()
