#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using namespace std::chrono_literals;
using fakes::header;

struct OperationFixture : fakes::PortalFixture {
    OperationFixture() {
        identity = {};
        remote_address = "127.0.0.1";
    }

    void has(const std::string& text, const std::string& part) {
        BOOST_TEST((text.find(part) != std::string::npos), part << " in\n" << text);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(operation, OperationFixture)

BOOST_AUTO_TEST_CASE(only_this_machine_and_the_named_networks_may_look) {
    for (const char* path : {"/health", "/metrics", "/api/health", "/api/metrics/"}) {
        for (const char* near : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"}) {
            remote_address = near;
            BOOST_TEST(get(path).status == 200, path << " from " << near);
        }
        for (const char* far : {"192.0.2.7", "", "nonsense", "1::"}) {
            remote_address = far;
            BOOST_TEST(get(path).status == 404, path << " from " << far);
        }
    }
    remote_address = "127.0.0.1";
    forwarded = true;
    BOOST_TEST(get("/health").status == 404);
    forwarded = false;
    remote_address = "192.0.2.7";
    site.operation.networks = "198.51.100.0/24, 192.0.2.0/24";
    BOOST_TEST(get("/health").status == 200);
    sign_in("boss", true);
    remote_address = "203.0.113.1";
    BOOST_TEST(get("/metrics").status == 404);
}

BOOST_AUTO_TEST_CASE(health_says_what_answered_last) {
    const Response fresh = get("/health");
    has(fresh.body, R"("status":"ok")");
    has(fresh.body, R"({"source":"slurm","state":"not_asked","last_answer":null)");
    BOOST_TEST(fresh.content_type == "application/json");
    BOOST_TEST(header(fresh, "Cache-Control") == "no-store");

    breaker.count(SourceId::Slurm, std::nullopt, 2ms);
    has(get("/health").body, R"("state":"ok","last_answer":1750000000,"last_failure":null)");

    clock.time += Seconds{5};
    breaker.count(SourceId::Slurm, Fault::Timeout, 3s);
    const std::string failing = get("/health").body;
    has(failing, R"("status":"degraded")");
    has(failing, R"("state":"failing","last_answer":1750000000,"last_failure":1750000005)");
    has(failing, R"("last_fault":"timeout")");
    BOOST_TEST(get("/health").status == 200);
}

BOOST_AUTO_TEST_CASE(metrics_are_prometheus_text) {
    meter.worker_died();
    meter.request_ended({"GET", "/health"}, 200, 3ms);
    meter.request_ended({"GET", ""}, 404, 1ms);
    breaker.count(SourceId::Slurm, std::nullopt, 20ms);
    breaker.count(SourceId::Slurm, Fault::Unreachable, 1ms);
    audit.keep({});

    const Response response = get("/metrics");

    const std::string& text = response.body;
    BOOST_TEST(response.content_type == "text/plain; version=0.0.4; charset=utf-8");
    has(text, "userportal_build_info{version=\"1.2.3\",build=\"0a1b\"} 1\n");
    has(text, "userportal_workers 8\n");
    has(text, "# TYPE userportal_worker_deaths_total counter\nuserportal_worker_deaths_total 1\n");
    has(text, "userportal_requests_total{method=\"GET\",route=\"/health\",status=\"200\"} 1\n");
    has(text, "userportal_requests_total{method=\"\",route=\"\",status=\"404\"} 1\n");
    has(text,
        "userportal_request_duration_seconds_bucket{method=\"GET\",route=\"/health\","
        "le=\"0.005\"} 1\n");
    has(text,
        "userportal_request_duration_seconds_bucket{method=\"GET\",route=\"/health\","
        "le=\"+Inf\"} 1\n");
    has(text, "userportal_request_duration_seconds_sum{method=\"GET\",route=\"/health\"} 0.003\n");
    has(text, "userportal_source_questions_total{source=\"slurm\",outcome=\"answered\"} 1\n");
    has(text, "userportal_source_questions_total{source=\"slurm\",outcome=\"unreachable\"} 1\n");
    has(text, "userportal_source_question_duration_seconds_count{source=\"slurm\"} 2\n");
    has(text, "userportal_source_last_answer_time_seconds{source=\"slurm\"} 1750000000\n");
    has(text, "userportal_source_left_alone{source=\"slurm\"} 0\n");
    has(text, "userportal_audit_waiting_records 1\n");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_left_alone_is_told) {
    Breaker strict(clock, 8, {.failures = 1, .pause = Milliseconds{60'000}});
    Watched other{meter, audit, settled, {{SourceId::Robinhood, "lustre06", strict}}, "1", "2"};
    strict.enter(SourceId::Robinhood)->failure(Milliseconds{3000});
    BOOST_TEST(!strict.enter(SourceId::Robinhood).has_value());
    remote_address = "127.0.0.1";

    const std::string text = serve(request_for("/metrics"), "", other).response.body;

    has(text, "userportal_source_left_alone{source=\"robinhood\",database=\"lustre06\"} 1\n");
    has(text,
        "userportal_source_questions_total{source=\"robinhood\",database=\"lustre06\","
        "outcome=\"left_alone\"} 1\n");
    has(serve(request_for("/health"), "", other).response.body,
        R"("database":"lustre06","state":"left_alone")");
}

BOOST_AUTO_TEST_CASE(the_background_service_is_told_where_there_is_a_database) {
    BOOST_TEST(get("/metrics").body.find("background") == std::string::npos);
    BOOST_TEST(get("/health").body.find("background") == std::string::npos);

    site.scripts.enabled = true;
    has(get("/metrics").body, "\nuserportal_background_runs 0\n");
    const auto lease = *portal_db.progress.take("background", "web1:4711:0a1b").value();
    database::TaskState state{.name = "summaries", .done = 7, .behind_s = 60, .slow = true};
    state.error = "prometheus timeout: 3 s";
    state.error_at = clock.time;
    BOOST_TEST(portal_db.progress.note(state, lease).value());

    has(get("/metrics").body, "\nuserportal_background_runs 1\n");
    has(get("/metrics").body, "\nuserportal_background_done_total{task=\"summaries\"} 7\n");
    has(get("/metrics").body, "\nuserportal_background_behind_seconds{task=\"summaries\"} 60\n");
    has(get("/metrics").body, "\nuserportal_background_slow{task=\"summaries\"} 1\n");
    BOOST_TEST(get("/metrics").body.find("behind_jobs{") == std::string::npos);
    has(get("/health").body, R"("background":{"runs":"yes","host":"web1","tasks":[)");
    has(get("/health").body, R"("state":"slow")");
    has(get("/health").body, R"("last_error":"prometheus timeout: 3 s")");

    portal_db.progress.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(get("/metrics").body.find("userportal_background") == std::string::npos);
    has(get("/health").body, R"("background":null)");
}

BOOST_AUTO_TEST_SUITE_END()
