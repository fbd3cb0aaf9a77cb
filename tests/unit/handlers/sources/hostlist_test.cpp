#include "handlers/sources/slurm/hostlist.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace portal::slurm {
namespace {

struct Good {
    const char* text;
    const char* hosts;
};
std::ostream& operator<<(std::ostream& out, const Good& good) {
    return out << good.text;
}

std::string joined(const std::optional<std::vector<std::string>>& hosts) {
    if (!hosts) return "(unreadable)";
    std::string out;
    for (const std::string& host : *hosts) out += (out.empty() ? "" : " ") + host;
    return out;
}

const Good kGood[] = {
    {"", ""},
    {"None assigned", ""},
    {"login", "login"},
    {"a,b", "a b"},
    {"n[1-3]", "n1 n2 n3"},
    {"nc[098-101]", "nc098 nc099 nc100 nc101"},
    {"n[8-11,15]", "n8 n9 n10 n11 n15"},
    {"n[1-2],g[08-10]x[0-1],login", "n1 n2 g08x0 g08x1 g09x0 g09x1 g10x0 g10x1 login"},
    {"r[0-1]n[0-2]", "r0n0 r0n1 r0n2 r1n0 r1n1 r1n2"},
    {"n[1-2]-ib0", "n1-ib0 n2-ib0"},
    {"n[001,3]", "n001 n3"},
    {"[1-2]", "1 2"},
    {"c[1]d[2]e", "c1d2e"},
    {"n[2,1]", "n2 n1"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hostlist)

BOOST_DATA_TEST_CASE(names_every_host, boost::unit_test::data::make(kGood), good) {
    BOOST_TEST(joined(expand_hostlist(good.text)) == good.hosts);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_host_list,
                     boost::unit_test::data::make({"n[", "n]", "n[]", "n[1", "n1]", "n[1-]",
                                                   "n[-1]", "n[3-1]", "n[a-b]", "n[[1]]", "a,",
                                                   ",a", "a,,b", "n[1,]", "a b", "n[1-2-3]",
                                                   "n[1-99999999999999999999]", "a\n"}),
                     text) {
    BOOST_TEST(!expand_hostlist(text).has_value());
}

BOOST_DATA_TEST_CASE(refuses_more_hosts_than_it_may_name,
                     boost::unit_test::data::make({"n[1-999999999]", "n[1-200]x[1-200]",
                                                   "a[1-9000],b[1-9000]", "n[0-16384]"}),
                     text) {
    BOOST_TEST(!expand_hostlist(text).has_value());
}

BOOST_AUTO_TEST_CASE(takes_as_many_as_it_may_name) {
    BOOST_TEST(expand_hostlist("n[1-16384]").value().size() == 16384U);
    BOOST_TEST(expand_hostlist("a[1-2],b", 3).value().size() == 3U);
    BOOST_TEST(!expand_hostlist("a[1-2],b", 2).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_a_name_longer_than_a_host_name) {
    BOOST_TEST(!expand_hostlist(std::string(256, 'n')).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
