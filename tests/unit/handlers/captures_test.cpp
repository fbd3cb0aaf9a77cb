#include "handlers/captures.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

namespace {

using namespace portal;

/// A text in the place of a name.
struct Sample {
    const char* name;
    const char* text;
    bool fits;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) {
    return out << sample.name << ' ' << sample.text;
}

const std::vector<Sample> kSamples = {
    {"username", "alice", true},
    {"username", "a b", false},
    {"username", "-a", false},
    {"job_id", "4711", true},
    {"job_id", "4294967295", true},
    {"job_id", "4294967296", false},
    {"job_id", "0", false},
    {"job_id", "047", false},
    {"job_id", "+47", false},
    {"job", "4711", true},
    {"job", "4711_0", true},
    {"job", "4711_4294967293", true},
    {"job", "4711_4294967294", false},
    {"job", "4711_03", false},
    {"job", "4711_", false},
    {"job", "_3", false},
    {"job", "4711_3_4", false},
    {"job", "047_3", false},
    {"job_id", "4711_3", false},
    {"account", "def-x_cpu", true},
    {"account", "_cpu", false},
    {"account", "a*", false},
    {"account", "team@corp", true},
    {"project", "Größe 1", true},
    {"project", " x", false},
    {"uuid", "01234567-89ab-cdef-0123-456789abcdef", true},
    {"uuid", "01234567-89AB-cdef-0123-456789abcdef", false},
    {"graph", "gpu_power", true},
    {"graph", "a-b", false},
    {"graph", "A", false},
    {"fs", "lustre02", true},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(captures)

BOOST_DATA_TEST_CASE(a_text_must_be_what_its_name_says, boost::unit_test::data::make(kSamples),
                     sample) {
    BOOST_TEST(read_captures({{sample.name, sample.text}}).has_value() == sample.fits);
}

BOOST_AUTO_TEST_CASE(each_name_has_its_place) {
    const auto read =
        read_captures({{"username", "alice"}, {"job_id", "47"}, {"account", "x_gpu"}});

    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST(read->username.value == "alice");
    BOOST_TEST(read->job_id.value == 47U);
    BOOST_TEST(read->account.gpu);
}

BOOST_AUTO_TEST_CASE(other_names_are_not_known) {
    BOOST_TEST(is_capture("job_id"));
    BOOST_TEST(!is_capture("user"));
}

BOOST_AUTO_TEST_SUITE_END()
