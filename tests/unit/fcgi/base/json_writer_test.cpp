#include "fcgi/base/json_writer.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace {

std::string written(double value, int digits) {
    portal::JsonWriter json;
    json.number(value, digits);
    return json.take();
}

std::string general(double value, int digits) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    return {buffer.data(), end.ptr};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_writer)

BOOST_AUTO_TEST_CASE(numbers_are_short_and_plain) {
    BOOST_TEST(written(0.80824, 4) == "0.8082");
    BOOST_TEST(written(0.0001, 4) == "0.0001");
    BOOST_TEST(written(-12.5, 4) == "-12.5");
    BOOST_TEST(written(100, 4) == "100");
    BOOST_TEST(written(9999.96, 4) == "1e+04");
    BOOST_TEST(written(0, 4) == "0");
    BOOST_TEST(written(std::numeric_limits<double>::quiet_NaN(), 4) == "null");
}

BOOST_AUTO_TEST_CASE(the_quick_way_writes_what_the_standard_library_writes) {
    int different = 0;
    for (int i = 1; i < 200'000; ++i) {
        const double value = std::pow(10, -6 + i / 14'000.0) * (i % 3 == 0 ? -1 : 1);
        for (const int digits : {3, 4, 6}) {
            if (written(value, digits) != general(value, digits)) ++different;
        }
    }
    BOOST_TEST(different == 0);
}

BOOST_AUTO_TEST_SUITE_END()
