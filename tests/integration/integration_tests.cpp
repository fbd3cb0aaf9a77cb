#define BOOST_TEST_MODULE integration
#include <boost/test/unit_test.hpp>
#include <csignal>

namespace {

/// As every worker does: writing to a closed connection is an error, not the end.
struct IgnorePipe {
    IgnorePipe() { std::signal(SIGPIPE, SIG_IGN); }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(IgnorePipe);
