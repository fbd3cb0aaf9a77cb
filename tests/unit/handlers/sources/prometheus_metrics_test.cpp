#include "handlers/sources/prometheus/prometheus_metrics.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "fcgi/base/url.h"
#include "tests/fakes/scripted_server.h"

using namespace portal;
using namespace portal::prometheus;
using namespace std::chrono_literals;
using fakes::Script;
namespace data = boost::unit_test::data;

namespace {

using Kind = Script::Kind;

const std::string kAnswer =
    R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"1"},)"
    R"("values":[[1000,"1"],[1060,"2"]]}]}})";

Settings settings(const fakes::ScriptedServer& server, Milliseconds timeout) {
    return {.url = server.url() + "/prom/",
            .matcher = R"(cluster="narval")",
            .timeout = timeout,
            .ca_file = {},
            .user = {},
            .password = {},
            .bearer = {}};
}

struct Fixture {
    fakes::ScriptedServer server;
    SystemClock clock;
    Breaker breaker{clock, 4};
    CurrentRequest request;
    PrometheusMetrics metrics{settings(server, 30s), {request, &breaker}};

    Fixture() {
        server.play(Script{.body = kAnswer});
        request.begin(Deadline::in(60s));
    }

    static Ticket ask_of(PrometheusMetrics& asked, promql::Literal metric = "up") {
        return asked.ask({promql::Selector(metric).now(), Grid{from_unix(1000), 60s, 2}});
    }
    Ticket ask(promql::Literal metric = "up") { return ask_of(metrics, metric); }
    Result<SeriesSet> get() { return metrics.collect(ask()); }
    /// Those that the server got, but for the portal's own.
    [[nodiscard]] std::size_t questions() const {
        const auto sent = server.requests();
        return static_cast<std::size_t>(
            std::count_if(sent.begin(), sent.end(), [](const std::string& text) {
                return text.find("query=time()") == std::string::npos;
            }));
    }
};

constexpr std::size_t kRoom = std::size_t{1} << 20U;

/// A clock of the test's own.
struct ManualClock final : Clock {
    Instant time = from_unix(100'000);
    [[nodiscard]] Instant now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
};

std::string fault_text(const Result<SeriesSet>& result) {
    return result.ok() ? "none" : fault_name(result.error().fault);
}

struct Case {
    Script script;
    std::string fault;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << static_cast<int>(one.script.kind) << ' ' << one.script.body;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(prometheus_metrics, Fixture)

BOOST_AUTO_TEST_CASE(answers_a_range_question) {
    const auto result = get();

    BOOST_TEST_REQUIRE(result.ok());
    BOOST_TEST_REQUIRE(result.value().series.size() == 1U);
    const std::vector<double> expected = {1, 2};
    BOOST_TEST(result.value().series[0].values == expected, boost::test_tools::per_element());
    BOOST_TEST(result.value().series[0].label("a") == "1");
    const std::string sent = server.requests().at(0);
    BOOST_TEST(sent.substr(0, 37) == "POST /prom/api/v1/query_range HTTP/1.");
    BOOST_TEST(sent.find("query=" + url::encode(R"(up{cluster="narval"})") +
                         "&start=1000&end=1060&step=60&timeout=") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_an_instant_question) {
    server.play(Script{.body = R"({"status":"success","data":{"resultType":"vector","result":[)"
                               R"({"metric":{},"value":[1000,"7"]}]}})"});

    const auto result = metrics.collect(
        metrics.ask({promql::Selector("up").now(), Grid::at_instant(from_unix(1000))}));

    BOOST_TEST_REQUIRE(result.ok());
    BOOST_TEST(result.value().series.at(0).values.at(0) == 7);
    const std::string sent = server.requests().at(0);
    BOOST_TEST(sent.find("/prom/api/v1/query HTTP") != std::string::npos);
    BOOST_TEST(sent.find("&time=1000&timeout=") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(questions_run_at_the_same_time) {
    server.play(Script{.together = 8, .body = kAnswer});
    std::vector<Ticket> tickets;
    for (int i = 0; i < 18; ++i) tickets.push_back(ask());

    for (const Ticket ticket : tickets) BOOST_TEST(metrics.collect(ticket).ok());

    BOOST_TEST(server.seen().requests == 18U);
    BOOST_TEST(server.seen().most_open == 8U);
}

BOOST_DATA_TEST_CASE(
    names_each_fault,
    data::make(std::vector<Case>{
        {{.kind = Kind::Refuse}, "unreachable"},
        {{.kind = Kind::Hang}, "timeout"},
        {{.kind = Kind::Drip}, "timeout"},
        {{.kind = Kind::CutOff, .body = kAnswer}, "malformed"},
        {{.kind = Kind::Nonsense}, "malformed"},
        {{.kind = Kind::Unavailable}, "rejected"},
        {{.body = "<html>hello</html>"}, "malformed"},
        {{.body = kAnswer.substr(0, 80)}, "malformed"},
        {{.status = 401, .body = ""}, "rejected"},
        {{.status = 302, .body = "moved"}, "rejected"},
        {{.status = 400, .body = R"({"status":"error","errorType":"bad_data","error":"x"})"},
         "rejected"},
        {{.body = R"({"status":"error","errorType":"execution","error":"x"})"}, "rejected"},
        {{.status = 503,
          .body = R"({"status":"error","errorType":"timeout","error":"query )"
                  R"(timed out in expression evaluation"})"},
         "too_long"},
        {{.status = 422,
          .body = R"({"status":"error","errorType":"execution","error":"query )"
                  R"(processing would load too many samples into memory"})"},
         "too_long"},
        {{.status = 422,
          .body = R"({"status":"error","errorType":"422","error":"timeout )"
                  R"(exceeded during the query: 0.9 seconds"})"},
         "too_long"},
    })) {
    server.play(sample.script);
    PrometheusMetrics asked(settings(server, sample.fault == "timeout" ? 200ms : 30s),
                            {request, &breaker});
    request.begin(Deadline::in(60s));

    BOOST_TEST(fault_text(asked.collect(ask_of(asked))) == sample.fault);

    server.play(Script{.body = kAnswer});
    BOOST_TEST(fault_text(get()) == "none");
}

BOOST_AUTO_TEST_CASE(passes_on_what_prometheus_says) {
    server.play(Script{.status = 422,
                       .body = R"({"status":"error","errorType":"execution","error":"too many"})"});

    const auto result = get();

    BOOST_TEST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().detail == "HTTP 422, execution: too many");
}

BOOST_AUTO_TEST_CASE(an_answer_with_a_gap_is_none) {
    const std::string rest = kAnswer.substr(1);
    const std::string store = R"("warnings":["receive series from store-2: unavailable"],)";
    const std::string note = R"("warnings":["PromQL info: metric might not be a counter"],)";

    server.play(Script{.body = R"({"isPartial":true,)" + rest});
    BOOST_TEST(fault_text(get()) == "rejected");
    server.play(Script{.body = "{" + store + rest});
    BOOST_TEST(get().error().detail == "partial: receive series from store-2: unavailable");
    server.play(Script{.body = "{" + note + rest});
    BOOST_TEST(fault_text(get()) == "none");
    const std::string infos = R"("infos":["PromQL info: x", "anything"],"warnings":[],)";
    server.play(Script{.body = "{" + infos + rest});
    BOOST_TEST(fault_text(get()) == "none");
}

BOOST_AUTO_TEST_CASE(one_hung_question_leaves_the_others_whole) {
    server.play([](const std::string& sent) {
        const bool hang = sent.find("slow") != std::string::npos;
        return Script{.kind = hang ? Kind::Hang : Kind::Answer, .body = kAnswer};
    });
    PrometheusMetrics asked(settings(server, 1s), {request, &breaker});
    request.begin(Deadline::in(60s));
    const Ticket slow = ask_of(asked, "slow");
    const Ticket fast = ask_of(asked, "fast");

    BOOST_TEST(fault_text(asked.collect(slow)) == "timeout");
    BOOST_TEST(fault_text(asked.collect(fast)) == "none");
}

BOOST_AUTO_TEST_CASE(the_next_request_does_not_see_what_was_left_behind) {
    server.play(Script{.delay = 30ms, .body = "old"});
    ask();
    ask();
    request.begin(Deadline::in(10s));

    server.play(Script{.body = kAnswer});

    BOOST_TEST(fault_text(get()) == "none");
}

BOOST_AUTO_TEST_CASE(leaves_a_hung_source_alone_after_a_while) {
    Breaker strict(clock, 4, {.failures = 2, .pause = 1h, .slow = 10ms});
    PrometheusMetrics careful(Settings{.url = server.url(), .timeout = 50ms}, {request, &strict});
    server.play(Script{.kind = Kind::Hang});
    const auto once = [&] {
        request.begin(Deadline::in(10s));
        return fault_text(careful.collect(
            careful.ask({promql::Selector("up").now(), Grid::at_instant(from_unix(1000))})));
    };
    for (int i = 0; i < 5; ++i) once();

    BOOST_TEST(once() == "unreachable");

    BOOST_TEST(questions() == 2U);
}

BOOST_AUTO_TEST_CASE(the_server_ends_a_question_before_the_portal_hangs_up) {
    PrometheusMetrics asked(Settings{.url = server.url(), .timeout = 1000ms}, {request, &breaker});
    server.play(Script{.body = kAnswer});
    request.begin(Deadline::in(60s));

    BOOST_TEST(fault_text(asked.collect(ask_of(asked))) == "none");
    BOOST_TEST(server.requests().at(0).ends_with("&timeout=900ms"));
}

/// One that is left alone after one slow failure, for a moment.
struct Strict : Fixture {
    Breaker strict{clock, 4, {.failures = 1, .pause = 1ms, .slow = 400ms}};
    PrometheusMetrics careful{settings(server, 700ms), {request, &strict}};

    std::string once() {
        request.begin(Deadline::in(10s));
        return fault_text(careful.collect(ask_of(careful, "slow")));
    }
};

BOOST_FIXTURE_TEST_CASE(a_question_that_takes_too_long_is_no_hang_while_others_are_answered,
                        Strict) {
    server.play([](const std::string& sent) {
        const bool slow = sent.find("slow") != std::string::npos;
        return Script{.kind = slow ? Kind::Hang : Kind::Answer, .body = kAnswer};
    });

    BOOST_TEST(once() == "timeout");

    BOOST_TEST(!strict.leaves_alone(SourceId::Prometheus));
    BOOST_TEST(server.requests().at(1).find("query=time()") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_hung_source_is_tried_with_a_question_of_the_portals_own, Strict) {
    server.play(Script{.kind = Kind::Hang});
    BOOST_TEST(once() == "timeout");
    BOOST_TEST(strict.leaves_alone(SourceId::Prometheus));
    const auto until_it_may_be_tried = 1300ms;  // the pause, or three times what is slow
    std::this_thread::sleep_for(until_it_may_be_tried);

    BOOST_TEST(once() == "unreachable");
    BOOST_TEST(questions() == 1U);

    std::this_thread::sleep_for(until_it_may_be_tried);
    server.play(Script{.body = kAnswer});
    BOOST_TEST(once() == "none");
    BOOST_TEST(questions() == 2U);
}

BOOST_AUTO_TEST_CASE(a_source_that_hangs_holds_up_a_request_once) {
    Breaker patient(clock, 4, {.failures = 100, .slow = 10ms});
    PrometheusMetrics careful(Settings{.url = server.url(), .timeout = 50ms}, {request, &patient});
    request.begin(Deadline::in(10s));
    server.play(Script{.kind = Kind::Hang});
    const auto once = [&] {
        return fault_text(careful.collect(
            careful.ask({promql::Selector("up").now(), Grid::at_instant(from_unix(1000))})));
    };

    BOOST_TEST(once() == "timeout");
    BOOST_TEST(once() == "unreachable");
    BOOST_TEST(questions() == 1U);
}

BOOST_AUTO_TEST_CASE(gives_up_early_when_too_many_wait_for_it) {
    Breaker crowded(clock, 3, {.slow = 10ms});
    const auto other = crowded.enter(SourceId::Prometheus);
    PrometheusMetrics second(Settings{.url = server.url(), .timeout = 1h}, {request, &crowded});
    request.begin(Deadline::in(1h));
    server.play(Script{.kind = Kind::Hang});

    const auto answer = second.collect(
        second.ask({promql::Selector("up").now(), Grid::at_instant(from_unix(1000))}));

    BOOST_TEST(fault_text(answer) == "timeout");
}

BOOST_AUTO_TEST_CASE(is_not_slow_because_its_answer_was_fetched_late) {
    Breaker crowded(clock, 3, {.slow = 1s});
    PrometheusMetrics quick(Settings{.url = server.url(), .timeout = 10s}, {request, &crowded});
    request.begin(Deadline::in(10s));
    const Ticket ticket = quick.ask({promql::Selector("up").now(), Grid{from_unix(1000), 60s, 2}});
    for (int i = 0; i < 800 && server.seen().answered == 0; ++i) std::this_thread::sleep_for(10ms);
    std::this_thread::sleep_for(1200ms);

    BOOST_TEST(fault_text(quick.collect(ticket)) == "none");

    const auto other = crowded.enter(SourceId::Prometheus);
    BOOST_TEST(crowded.enter(SourceId::Prometheus).has_value());
}

BOOST_AUTO_TEST_CASE(a_ticket_is_good_for_one_answer) {
    const Ticket ticket = ask();
    BOOST_TEST(metrics.collect(ticket).ok());

    BOOST_CHECK_THROW(static_cast<void>(metrics.collect(ticket)), std::logic_error);
    BOOST_CHECK_THROW(static_cast<void>(metrics.collect(Ticket{99})), std::out_of_range);
}

BOOST_AUTO_TEST_CASE(refuses_matchers_it_cannot_read) {
    BOOST_CHECK_THROW(PrometheusMetrics(Settings{.url = "http://x", .matcher = "cluster=narval"},
                                        {request, &breaker}),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(an_answer_about_what_is_over_is_asked_for_once_by_all_workers) {
    SettledAnswers answers(kRoom);
    const ManualClock later;
    PrometheusMetrics first(settings(server, 30s), {request, &breaker},
                            KeptAnswers{answers, later});
    PrometheusMetrics second(settings(server, 30s), {request, &breaker},
                             KeptAnswers{answers, later});

    const auto asked = first.collect(ask_of(first));
    const auto found = second.collect(ask_of(second));

    BOOST_TEST_REQUIRE(found.ok());
    BOOST_TEST(found.value().series.at(0).values == asked.value().series.at(0).values,
               boost::test_tools::per_element());
    BOOST_TEST(server.requests().size() == 1U);
    BOOST_TEST(second.collect(ask_of(second, "down")).ok());
    BOOST_TEST(server.requests().size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_may_still_change_is_asked_for_again) {
    SettledAnswers answers(kRoom);
    ManualClock now;
    now.time = from_unix(1060 + 600);
    PrometheusMetrics metrics_now(settings(server, 30s), {request, &breaker},
                                  KeptAnswers{answers, now});
    BOOST_TEST(metrics_now.collect(ask_of(metrics_now)).ok());
    BOOST_TEST(metrics_now.collect(ask_of(metrics_now)).ok());
    BOOST_TEST(server.requests().size() == 2U);

    now.time += Seconds{1};
    server.play(Script{.body = R"({"status":"success","warnings":["PromQL info"],"data":)"
                               R"({"resultType":"matrix","result":[]}})"});
    BOOST_TEST(metrics_now.collect(ask_of(metrics_now)).ok());
    BOOST_TEST(metrics_now.collect(ask_of(metrics_now)).ok());
    BOOST_TEST(server.requests().size() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
