#include "handlers/graphs/time_grid.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"
#include "handlers/page/page_range.h"

namespace {

using namespace portal;

Request with_query(std::vector<QueryParameter> query) {
    Request request;
    request.query = std::move(query);
    return request;
}

const TimeRange kOneDay{from_unix(1'700'000'000), from_unix(1'700'086'400)};

}  // namespace

BOOST_AUTO_TEST_SUITE(time_grid)

const std::int64_t kSpans[] = {1, 59, 60, 600, 3600, 86400, 7 * 86400, 90 * 86400, 1000 * 86400};

BOOST_DATA_TEST_CASE(any_range_gives_few_points_inside_it, boost::unit_test::data::make(kSpans)) {
    const TimeRange range{kOneDay.from, kOneDay.from + Seconds{sample}};

    const prometheus::Grid grid = grid_for(range, Seconds{30});

    BOOST_TEST(grid.count >= 1U);
    BOOST_TEST(grid.count <= 502U);
    BOOST_TEST(grid.step.count() >= 30);
    BOOST_TEST((grid.last() <= range.to));
    BOOST_TEST((grid.count == 1 || grid.start >= range.from));
}

BOOST_AUTO_TEST_CASE(points_lie_on_multiples_of_the_step) {
    const prometheus::Grid grid = grid_for(kOneDay, Seconds{30});

    BOOST_TEST(unix_seconds(grid.start) % grid.step.count() == 0);
}

BOOST_AUTO_TEST_CASE(rates_look_back_over_four_scrapes_or_a_step) {
    BOOST_TEST((rate_window({kOneDay.from, Seconds{30}, 10}, Seconds{30}) == Seconds{120}));
    BOOST_TEST((rate_window({kOneDay.from, Seconds{600}, 10}, Seconds{30}) == Seconds{600}));
}

BOOST_AUTO_TEST_CASE(a_range_of_the_url_is_clipped_to_the_run) {
    const TimeRange range = range_of(with_query({{"start", "1"}, {"end", "4000000000"}}), kOneDay);

    BOOST_TEST((range == kOneDay));
}

BOOST_AUTO_TEST_CASE(delta_counts_back_from_the_end) {
    const TimeRange range = range_of(with_query({{"delta", "3600"}}), kOneDay);

    BOOST_TEST((range.to == kOneDay.to));
    BOOST_TEST(range.length().count() == 3600);
}

constexpr const char* kBad[] = {"",   "x",  "-1", "1e9", "0x10", "99999999999999999999",
                                "1 ", "१२", "NaN"};

BOOST_DATA_TEST_CASE(a_wrong_time_is_a_bad_request, boost::unit_test::data::make(kBad)) {
    for (const char* name : {"start", "end", "delta"}) {
        BOOST_CHECK_EXCEPTION(static_cast<void>(range_of(with_query({{name, sample}}), kOneDay)),
                              HttpError, [](const HttpError& e) { return e.status() == 400; });
    }
}

BOOST_AUTO_TEST_CASE(a_reversed_range_is_a_bad_request) {
    const auto request = with_query({{"start", "1700080000"}, {"end", "1700000100"}});

    BOOST_CHECK_THROW(static_cast<void>(range_of(request, kOneDay)), HttpError);
}

BOOST_AUTO_TEST_SUITE_END()
