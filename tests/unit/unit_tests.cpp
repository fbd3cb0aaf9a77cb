#define BOOST_TEST_MODULE userportal
#include <boost/test/unit_test.hpp>
