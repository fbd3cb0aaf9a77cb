#define BOOST_TEST_MODULE samples
#include <boost/test/unit_test.hpp>
