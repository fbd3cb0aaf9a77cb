#include <boost/test/unit_test.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "fastcgi_client.h"
#include "pool_process.h"

using namespace pool_test;

namespace {

const Parameters kUpload{{"REQUEST_METHOD", "POST"},
                         {"SCRIPT_NAME", "/form"},
                         {"CONTENT_TYPE", "application/x-www-form-urlencoded"},
                         {"CONTENT_LENGTH", "10"}};

std::string microseconds_ago(std::chrono::seconds age) {
    const auto then = std::chrono::system_clock::now().time_since_epoch() - age;
    return "t=" +
           std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(then).count());
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stalled, PoolProcess)

BOOST_AUTO_TEST_CASE(silent_peers_are_dropped_and_others_served) {
    start(2);
    std::vector<std::unique_ptr<Connection>> silent;
    for (int i = 0; i < 4; ++i) silent.push_back(std::make_unique<Connection>(socket()));

    BOOST_TEST(get(socket(), "/").status == 200);
    BOOST_TEST(silent.front()->hear(10).empty());
}

BOOST_AUTO_TEST_CASE(a_head_that_drips_is_dropped) {
    start(1);
    const Connection slow(socket());
    const std::string head = head_records(kUpload);
    bool taken = true;
    for (std::size_t i = 0; i < 100 && taken; ++i) {
        taken = slow.say(head.substr(i, 1));
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }

    BOOST_TEST(!taken);
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(what_is_not_fastcgi_is_dropped) {
    start(1);
    const Connection web(socket());
    web.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    BOOST_TEST(web.hear(5).empty());

    const Connection broken(socket());
    broken.say(std::string("\1\1\0\1\0\10\0\0\0\7\0\0\0\0\0\0\1\4\0\1\0\0\0\0", 24));

    BOOST_TEST(!read_answer(broken.hear(5)).text.size());
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_head_that_is_too_long_is_refused_and_told) {
    start(2);
    std::vector<std::unique_ptr<Connection>> large;
    Parameters parameters{{"REQUEST_METHOD", "GET"}, {"SCRIPT_NAME", "/"}};
    std::vector<std::future<bool>> sent;
    for (int i = 0; i < 6; ++i) parameters["PAD_" + std::to_string(i)] = std::string(50000, 'x');
    for (int i = 0; i < 8; ++i) large.push_back(std::make_unique<Connection>(socket()));
    for (const auto& one : large) {
        sent.push_back(
            std::async(std::launch::async, [&] { return one->say(head_records(parameters)); }));
    }

    BOOST_TEST(get(socket(), "/").status == 200);
    BOOST_TEST(logged("peer.dropped reason=head_too_long", 8));
    for (const auto& one : large) BOOST_TEST(one->hear(10).empty());
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(foreign_records_kill_no_worker) {
    start(1);
    const std::string begin("\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0", 16);
    std::string values("\1\11\0\0\0\220\0\0", 8);
    for (int i = 0; i < 9; ++i) values += std::string("\16\0FCGI_MAX_CONNS", 16);
    const std::string huge("\1\4\0\1\0\10\0\0\xC0\0\0\0\xC0\0\0\0", 16);
    for (const std::string& odd : {values, begin + values, begin + huge, begin + begin}) {
        const Connection foreign(socket());
        foreign.say(odd);
        BOOST_TEST(foreign.hear(10).empty());
    }
    // After the head they are no part of the body.
    const Connection late(socket());
    late.say(head_records(kUpload) + values);
    BOOST_TEST(read_answer(late.hear(30)).status == 400);

    BOOST_TEST(get(socket(), "/").status == 200);
    BOOST_TEST(log().find("worker.ended") == std::string::npos);
    BOOST_TEST(logged("peer.dropped reason=not_a_request", 4));
}

BOOST_AUTO_TEST_CASE(a_get_whose_body_never_comes_is_answered) {
    start(1);
    Parameters stalled = kUpload;
    stalled["REQUEST_METHOD"] = "GET";
    const Connection slow(socket());
    slow.say(head_records(stalled));

    BOOST_TEST(read_answer(slow.hear(30)).status == 200);
    BOOST_TEST(get(socket(), "/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_form_that_never_comes_is_a_bad_request) {
    start(1);
    const Connection slow(socket());
    slow.say(head_records(kUpload));

    BOOST_TEST(read_answer(slow.hear(30)).status == 400);
}

BOOST_AUTO_TEST_CASE(a_form_is_read_by_its_length_and_type) {
    start(1);

    BOOST_TEST(post(socket(), "/form", "name=caf%C3%A9").body == "caf\xc3\xa9");
    BOOST_TEST(post(socket(), "/form?name=query", "other=1").body == "none");
    BOOST_TEST(post(socket(), "/form", "name=%ff").status == 400);
    BOOST_TEST(post(socket(), "/form", "name=a", {{"CONTENT_LENGTH", "100"}}).status == 400);
    BOOST_TEST(post(socket(), "/form", "name=a", {{"CONTENT_LENGTH", "-5"}}).status == 400);
    BOOST_TEST(post(socket(), "/form", "", {{"CONTENT_LENGTH", "1000000000000"}}).status == 413);
    BOOST_TEST(post(socket(), "/form", "<x/>", {{"CONTENT_TYPE", "text/xml"}}).status == 415);
    BOOST_TEST(
        post(socket(), "/form", "", {{"CONTENT_LENGTH", ""}, {"HTTP_TRANSFER_ENCODING", "chunked"}})
            .status == 411);
}

BOOST_AUTO_TEST_CASE(a_refused_upload_still_gets_its_answer) {
    start(1);

    BOOST_TEST(post(socket(), "/form", std::string(300000, 'x')).status == 413);
}

BOOST_AUTO_TEST_CASE(a_request_that_waited_too_long_is_refused_at_once) {
    start(1);

    const Answer old =
        get(socket(), "/", {{"HTTP_X_REQUEST_START", microseconds_ago(std::chrono::seconds{60})}});
    const Answer fresh =
        get(socket(), "/", {{"HTTP_X_REQUEST_START", microseconds_ago(std::chrono::seconds{1})}});

    BOOST_TEST(old.status == 503);
    BOOST_TEST(old.text.find("Retry-After: ") != std::string::npos);
    BOOST_TEST(fresh.status == 200);
}

BOOST_AUTO_TEST_CASE(our_own_mistakes_are_500_and_the_worker_lives) {
    start(1);

    BOOST_TEST(get(socket(), "/throw", {{"HTTP_X_REQUEST_ID", "seen-in-log"}}).status == 500);
    BOOST_TEST(logged("error seen-in-log request.failed"));
    BOOST_TEST(get(socket(), "/header").status == 500);
    BOOST_TEST(log().find("worker.ended") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_client_that_takes_no_answer_is_given_up) {
    start(1);
    const Connection deaf(socket());
    Parameters parameters{
        {"REQUEST_METHOD", "GET"}, {"SCRIPT_NAME", "/bytes"}, {"QUERY_STRING", "n=8000000"}};
    deaf.say(head_records(parameters) + body_records({}));

    BOOST_TEST(get(socket(), "/").status == 200);
    BOOST_TEST(log().find("request.failed") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_large_answer_is_whole_and_its_memory_given_back) {
    start(1);

    const Answer large = get(socket(), "/bytes?n=30000000");

    BOOST_TEST(large.body.size() == 30000000U);
    BOOST_TEST(large.ended);
    const std::string pid = get(socket(), "/").body.substr(4, 8);
    const std::string status = read_file("/proc/" + pid.substr(0, pid.find(' ')) + "/status");
    const auto at = status.find("VmRSS:");
    BOOST_REQUIRE(at != std::string::npos);
    BOOST_TEST(std::stoi(status.substr(at + 6)) < 24000);
}

BOOST_AUTO_TEST_SUITE_END()
