#include "views/base/format.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <ostream>
#include <string>

namespace {

using portal::Language;
using portal::Seconds;
namespace fmt = portal::views::format;

struct Case {
    double value;
    std::string english;
    std::string french;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.value;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kGib = 1024.0 * 1024 * 1024;

const Case kNumbers[] = {
    {0, "0", "0"},
    {-0.0001, "-0.0001", "-0,0001"},
    {4, "4", "4"},
    {3.14159, "3.14", "3,14"},
    {12.5, "12.5", "12,5"},
    {9.996, "10", "10"},
    {99.96, "100", "100"},
    {0.01234, "0.0123", "0,0123"},
    {0.9996, "1", "1"},
    {1234567.4, "1,234,567", "1\u202f234\u202f567"},
    {-1234, "-1,234", "-1\u202f234"},
    {1e300, fmt::number(1e300, Language::English), fmt::number(1e300, Language::French)},
    {kNan, "", ""},
    {kInfinity, "", ""}};

const Case kSizes[] = {{0, "0\u202fB", "0\u202fo"},
                       {512, "512\u202fB", "512\u202fo"},
                       {1024, "1\u202fKiB", "1\u202fKio"},
                       {1.5 * kGib, "1.5\u202fGiB", "1,5\u202fGio"},
                       {1023.9 * 1024, "1\u202fMiB", "1\u202fMio"},
                       {40 * 1024 * kGib, "40\u202fTiB", "40\u202fTio"},
                       {kNan, "", ""}};

const Case kShares[] = {{0, "0\u202f%", "0\u202f%"},
                        {0.912, "91.2\u202f%", "91,2\u202f%"},
                        {1, "100\u202f%", "100\u202f%"},
                        {2.5, "250\u202f%", "250\u202f%"},
                        {kNan, "", ""}};

const Case kTimes[] = {{0, "00:00:00", "00:00:00"},
                       {-5, "00:00:00", "00:00:00"},
                       {15205, "04:13:25", "04:13:25"},
                       {188005, "2\u202fd 04:13", "2\u202fj 04:13"},
                       {86400.0 * 1234, "1,234\u202fd 00:00", "1\u202f234\u202fj 00:00"}};

const Case kPrices[] = {{4.2, "$4.20", "4,20\u202f$"},
                        {0, "$0.00", "0,00\u202f$"},
                        {0.001, "<\u202f$0.01", "<\u202f0,01\u202f$"},
                        {1234.5, "$1,234.50", "1\u202f234,50\u202f$"},
                        {kNan, "", ""}};

}  // namespace

BOOST_AUTO_TEST_SUITE(format)

BOOST_DATA_TEST_CASE(numbers_have_three_significant_digits, kNumbers) {
    BOOST_TEST(fmt::number(sample.value, Language::English) == sample.english);
    BOOST_TEST(fmt::number(sample.value, Language::French) == sample.french);
}

BOOST_DATA_TEST_CASE(sizes_are_binary, kSizes) {
    BOOST_TEST(fmt::bytes(sample.value, Language::English) == sample.english);
    BOOST_TEST(fmt::bytes(sample.value, Language::French) == sample.french);
}

BOOST_DATA_TEST_CASE(ratios_are_percentages, kShares) {
    BOOST_TEST(fmt::percent(sample.value, Language::English) == sample.english);
    BOOST_TEST(fmt::percent(sample.value, Language::French) == sample.french);
}

BOOST_DATA_TEST_CASE(durations_count_days, kTimes) {
    const Seconds time{static_cast<std::int64_t>(sample.value)};
    BOOST_TEST(fmt::duration(time, Language::English) == sample.english);
    BOOST_TEST(fmt::duration(time, Language::French) == sample.french);
}

BOOST_DATA_TEST_CASE(prices_stand_as_each_language_writes_them, kPrices) {
    BOOST_TEST(fmt::money(sample.value, "CAD", Language::English) == sample.english);
    BOOST_TEST(fmt::money(sample.value, "CAD", Language::French) == sample.french);
}

BOOST_AUTO_TEST_CASE(large_counts_are_written_in_millions) {
    using portal::Language;
    namespace format = portal::views::format;
    BOOST_TEST(format::large_count(999'999, Language::English) == "999,999");
    BOOST_TEST(format::large_count(2'100'000, Language::English) == "2.1\u202fmillion");
    BOOST_TEST(format::large_count(1'500'000, Language::French) == "1,5\u202fmillion");
    BOOST_TEST(format::large_count(2'000'000, Language::French) == "2\u202fmillions");
    BOOST_TEST(format::large_count(0, Language::French) == "0");
}

BOOST_AUTO_TEST_CASE(other_currencies_keep_their_code) {
    BOOST_TEST(fmt::money(3, "CHF", Language::English) == "3.00\u202fCHF");
    BOOST_TEST(fmt::money(3, "EUR", Language::French) == "3,00\u202f€");
}

BOOST_AUTO_TEST_CASE(moments_are_utc) {
    const portal::Instant moment = portal::from_unix(1767323045);
    BOOST_TEST(fmt::utc(moment) == "2026-01-02 03:04 UTC");
    BOOST_TEST(fmt::iso(moment) == "2026-01-02T03:04:05Z");
    BOOST_TEST(fmt::iso(portal::from_unix(-1)) == "1969-12-31T23:59:59Z");
}

BOOST_AUTO_TEST_SUITE_END()
