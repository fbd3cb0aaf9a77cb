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
    const UserQuery query = parse_user_query(with_query({}));

    BOOST_TEST(query.first_page);
    BOOST_TEST(!query.form.active);
    BOOST_TEST(filter_query(query).empty());
}

BOOST_AUTO_TEST_CASE(a_position_survives_its_own_link) {
    UserQuery query = parse_user_query(with_query({{"name", "a b&c"}}));
    const ListPosition position{slurm::JobCursor{1'700'000'000, 0, 42},
                                slurm::JobCursor{0, 1'700'000'100, 7}, slurm::JobCursor{0, 0, 9}};

    const std::string link = next_query(query, position);
    const auto after = link.substr(link.find("after=") + 6);
    const UserQuery again = parse_user_query(with_query({{"name", "a b&c"}, {"after", after}}));

    BOOST_TEST(link.starts_with("?name=a%20b%26c&after="));
    BOOST_TEST((again.after.started == position.started));
    BOOST_TEST((again.after.never_started == position.never_started));
    BOOST_TEST((again.after.waiting == position.waiting));
    BOOST_TEST(!again.first_page);
}

BOOST_AUTO_TEST_CASE(the_last_day_is_included) {
    const UserQuery query =
        parse_user_query(with_query({{"from", "2026-01-01"}, {"to", "2026-01-01"}}));

    BOOST_TEST((query.filter.to.value() - query.filter.from.value() == Seconds{86400}));
}

BOOST_DATA_TEST_CASE(what_cannot_be_read_is_a_bad_request, boost::unit_test::data::make(kBad)) {
    const Request request = with_query({{sample.name, sample.value}});

    BOOST_CHECK_EXCEPTION(static_cast<void>(parse_user_query(request)), HttpError, is_bad_request);
}

BOOST_AUTO_TEST_CASE(days_in_the_wrong_order_are_a_bad_request) {
    const Request request = with_query({{"from", "2026-02-02"}, {"to", "2026-02-01"}});

    BOOST_CHECK_EXCEPTION(static_cast<void>(parse_user_query(request)), HttpError, is_bad_request);
}

BOOST_AUTO_TEST_SUITE_END()
