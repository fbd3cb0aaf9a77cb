#include "handlers/jobstats/user/user_filter.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"

namespace {

using namespace portal;
using namespace portal::jobstats;

Request with_query(std::vector<QueryParameter> query) {
    Request request;
    request.query = std::move(query);
    return request;
}

const Instant kNow = from_unix(1'750'000'000);

UserQuery parsed(std::vector<QueryParameter> query) {
    return parse_user_query(with_query(std::move(query)), kNow);
}

bool is_bad_request(const HttpError& error) {
    return error.status() == 400;
}

struct BadQuery {
    const char* name;
    const char* value;
};

std::ostream& operator<<(std::ostream& out, const BadQuery& query) {
    return out << query.name << '=' << query.value;
}

const BadQuery kBad[] = {
    {"state", "sleeping"},
    {"from", "2026-02-30"},
    {"from", "yesterday"},
    {"to", "2026-13-01"},
    {"to", "20260101"},
    {"state", "failed,sleeping"},
    {"verdict", "good"},
    {"last", "0"},
    {"last", "8785"},
    {"last", "1.5"},
    {"cores_min", "-1"},
    {"cores_min", "four"},
    {"memory_max", "nan"},
    {"gpus_min", "1e99"},
    {"hours_max", "1:00"},
    {"node",
     "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
     "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
     "12345678901234567890123456789012345678901234567890123456789012345678901234567890"
     "12345678901234567890"},
    {"after", ""},
    {"after", "x1-2-3"},
    {"after", "s1-2"},
    {"after", "s1-2-3.s4-5-6"},
    {"after", "s-1-2-3"},
    {"after", "s1-2-99999999999999999999"},
    {"after", "s1-2-3.n4"},
    {"after", "s1-2-3'--"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(user_filter)

BOOST_AUTO_TEST_CASE(no_parameters_mean_the_newest_of_all) {
    const UserQuery query = parsed({});

    BOOST_TEST(query.first_page);
    BOOST_TEST(query.chosen.empty());
    BOOST_TEST(filter_query(query).empty());
}

BOOST_AUTO_TEST_CASE(a_position_survives_its_own_link) {
    UserQuery query = parsed({{"name", "a b&c"}});
    const ListPosition position{slurm::JobCursor{1'700'000'000, 0, 42},
                                slurm::JobCursor{0, 1'700'000'100, 7}, slurm::JobCursor{0, 0, 9}};

    const std::string link = next_query(query, position);
    const auto after = link.substr(link.find("after=") + 6);
    const UserQuery again = parsed({{"name", "a b&c"}, {"after", after}});

    BOOST_TEST(link.starts_with("?name=a%20b%26c&after="));
    BOOST_TEST((again.after.started == position.started));
    BOOST_TEST((again.after.never_started == position.never_started));
    BOOST_TEST((again.after.waiting == position.waiting));
    BOOST_TEST(!again.first_page);
}

BOOST_AUTO_TEST_CASE(the_last_day_is_included) {
    const UserQuery query = parsed({{"from", "2026-01-01"}, {"to", "2026-01-01"}});

    BOOST_TEST((query.filter.to.value() - query.filter.from.value() == Seconds{86400}));
}

BOOST_DATA_TEST_CASE(what_cannot_be_read_is_a_bad_request, boost::unit_test::data::make(kBad)) {
    const Request request = with_query({{sample.name, sample.value}});

    BOOST_CHECK_EXCEPTION(static_cast<void>(parse_user_query(request, kNow)), HttpError,
                          is_bad_request);
}

BOOST_AUTO_TEST_CASE(days_in_the_wrong_order_are_a_bad_request) {
    const Request request = with_query({{"from", "2026-02-02"}, {"to", "2026-02-01"}});

    BOOST_CHECK_EXCEPTION(static_cast<void>(parse_user_query(request, kNow)), HttpError,
                          is_bad_request);
}

BOOST_AUTO_TEST_CASE(a_least_above_its_most_is_a_bad_request) {
    const Request request = with_query({{"cores_min", "5"}, {"cores_max", "4"}});

    BOOST_CHECK_EXCEPTION(static_cast<void>(parse_user_query(request, kNow)), HttpError,
                          is_bad_request);
}

BOOST_AUTO_TEST_CASE(sizes_are_read_in_the_units_of_the_form) {
    const slurm::SizeRanges sizes =
        parsed({{"memory_min", "1.5"}, {"hours_max", "0.5"}, {"gpus_min", "2"}, {"wait_min", "12"}})
            .filter.sizes;

    BOOST_TEST(sizes[static_cast<std::size_t>(slurm::Size::Memory)].least.value() == 1536U);
    BOOST_TEST(!sizes[static_cast<std::size_t>(slurm::Size::Memory)].most.has_value());
    BOOST_TEST(sizes[static_cast<std::size_t>(slurm::Size::RunTime)].most.value() == 1800U);
    BOOST_TEST(sizes[static_cast<std::size_t>(slurm::Size::Gpus)].least.value() == 2U);
    BOOST_TEST(sizes[static_cast<std::size_t>(slurm::Size::Wait)].least.value() == 43200U);
}

BOOST_AUTO_TEST_CASE(states_come_together_or_one_by_one) {
    const UserQuery together = parsed({{"state", "failed,timeout"}});
    const UserQuery one_by_one = parsed({{"state", "failed"}, {"state", "timeout"}});

    BOOST_TEST((together.filter.states == one_by_one.filter.states));
    BOOST_TEST(together.filter.states.size() == 4U);
    BOOST_TEST(filter_query(together) == "?state=failed,timeout");
    BOOST_TEST(filter_query(one_by_one) == "?state=failed,timeout");
}

BOOST_AUTO_TEST_CASE(the_last_hours_count_back_from_now_within_the_dates) {
    BOOST_TEST((parsed({{"last", "24"}}).filter.from == kNow - Seconds{86400}));
    BOOST_TEST(
        (parsed({{"last", "24"}, {"from", "2020-01-01"}}).filter.from == kNow - Seconds{86400}));
}

BOOST_AUTO_TEST_CASE(fields_that_were_left_empty_leave_the_address) {
    const Request request = with_query({{"state", "failed"},
                                        {"state", "timeout"},
                                        {"account", ""},
                                        {"name", "a b"},
                                        {"cores_min", ""},
                                        {"delta", "3600"}});
    const Request clean = with_query({{"state", "failed,timeout"}, {"delta", "3600"}});
    const Request empty = with_query({{"name", " "}});

    BOOST_TEST(shorter_query(request, parse_user_query(request, kNow)).value() ==
               "?state=failed,timeout&name=a%20b&delta=3600");
    BOOST_TEST(!shorter_query(clean, parse_user_query(clean, kNow)).has_value());
    BOOST_TEST(shorter_query(empty, parse_user_query(empty, kNow)).value().empty());
}

BOOST_AUTO_TEST_CASE(a_name_that_is_none_of_ours_cannot_break_the_address) {
    Request request;
    request.query = {{"a\nb", "1"}, {"state", ""}};

    BOOST_TEST(shorter_query(request, parse_user_query(request, kNow)).value() == "?a%0Ab=1");
}

BOOST_AUTO_TEST_CASE(each_filter_has_a_link_without_it) {
    const auto shown = shown_filter(
        parsed({{"state", "failed,timeout"}, {"gpus_min", "1"}, {"name", "x"}}), "/page/");

    BOOST_TEST_REQUIRE(shown.chosen.size() == 4U);
    BOOST_TEST(shown.chosen[0].without == "/page/?state=timeout&name=x&gpus_min=1");
    BOOST_TEST(shown.chosen[3].name == "gpus_min");
    BOOST_TEST(shown.chosen[3].without == "/page/?state=failed,timeout&name=x");
}

BOOST_AUTO_TEST_CASE(a_quick_filter_switches_itself_and_keeps_the_others) {
    const auto shown = shown_filter(parsed({{"state", "completed"}, {"gpus_min", "1"}}), "/page/");

    BOOST_TEST(!shown.quick[0].on);
    BOOST_TEST(shown.quick[0].link ==
               "/page/?state=failed,timeout,out_of_memory,node_fail&gpus_min=1");
    BOOST_TEST(shown.quick[1].link == "/page/?state=completed&verdict=wasteful&gpus_min=1");
    BOOST_TEST(shown.quick[2].on);
    BOOST_TEST(shown.quick[2].link == "/page/?state=completed");
    BOOST_TEST(shown.quick[3].link == "/page/?state=completed&last=24&gpus_min=1");
}

BOOST_AUTO_TEST_SUITE_END()
