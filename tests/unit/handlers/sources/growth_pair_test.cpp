// Which two copies of a file system growth is told from.
#include <boost/test/unit_test.hpp>
#include <vector>

#include "handlers/sources/own/storage/storage_db.h"

namespace {

using namespace portal::database;

/// The days of the pair; 0 and 0: there is none.
Days pair_of(const std::vector<Day>& days) {
    std::vector<StorageCopy> copies = {{900, "other", 19'000}, {901, "other", 21'000}};
    for (const Day day : days) copies.push_back({day, "lustre", day});
    const auto pair = growth_pair(copies, "lustre");
    return pair ? Days{pair->then.day, pair->now.day} : Days{};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growth_pair)

BOOST_AUTO_TEST_CASE(one_copy_tells_nothing) {
    BOOST_TEST((pair_of({}) == Days{}));
    BOOST_TEST((pair_of({20'000}) == Days{}));
    BOOST_TEST((pair_of({3, 5}) == Days{}));  // a clock that begins in 1970
}

BOOST_AUTO_TEST_CASE(thirty_days_before_the_newest_if_there_is_such_a_copy) {
    BOOST_TEST((pair_of({19'960, 19'969, 19'970, 19'971, 20'000, 19'999}) == Days{19'970, 20'000}));
}

BOOST_AUTO_TEST_CASE(else_the_closest_and_of_two_as_close_the_older) {
    BOOST_TEST((pair_of({20'000, 19'999, 19'995}) == Days{19'995, 20'000}));
    BOOST_TEST((pair_of({20'000, 19'999, 19'968}) == Days{19'968, 20'000}));
    BOOST_TEST((pair_of({20'000, 19'972, 19'968}) == Days{19'968, 20'000}));
    BOOST_TEST((pair_of({20'000, 19'971, 19'968}) == Days{19'971, 20'000}));
}

BOOST_AUTO_TEST_SUITE_END()
