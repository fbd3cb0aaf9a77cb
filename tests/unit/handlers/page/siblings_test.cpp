#include "handlers/page/siblings.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "fcgi/base/url.h"
#include "handlers/modules.h"

namespace {

using namespace portal;

/// A page of this portal and the one that stands for it on another.
struct Page {
    const char* route;
    const char* path;
    const char* query;
    const char* elsewhere;
};

std::ostream& operator<<(std::ostream& out, const Page& page) {
    return out << page.path << '?' << page.query;
}

const std::vector<Page> kPages = {
    {"/", "/", "delta=86400", "/?delta=86400"},
    {"/secure/usersummary/{username}/", "/secure/usersummary/alice/", "delta=86400&x=1",
     "/secure/usersummary/alice/?delta=86400"},
    {"/secure/jobstats/{username}/", "/secure/jobstats/alice/", "state=failed&after=1.2.3&job=4",
     "/secure/jobstats/alice/"},
    {"/secure/jobstats/{username}/", "/secure/jobstats/a b/", "", "/secure/jobstats/a%20b/"},
    {"/secure/jobstats/{username}/{job}/", "/secure/jobstats/alice/47/", "delta=3600&attempt=2",
     "/secure/jobstats/alice/"},
    {"/secure/jobstats/{username}/{job}/script", "/secure/jobstats/alice/47/script", "",
     "/secure/jobstats/alice/"},
    {"/secure/jobstats/", "/secure/jobstats/", "job=47", "/secure/jobstats/"},
    {"/secure/accountstats/{account}/", "/secure/accountstats/def-x_cpu/",
     "start=1700000000&end=1700003600&sort=cores", "/secure/accountstats/def-x_cpu/"},
    {"/secure/quotas/{username}/", "/secure/quotas/alice/", "sort=bytes", "/secure/quotas/alice/"},
    {"/secure/cloudstats/project/{project}/{uuid}/", "/secure/cloudstats/project/x/y/", "",
     "/secure/cloudstats/"},
    {"/secure/top/compute/", "/secure/top/compute/", "user=al&sort=cores", "/secure/top/compute/"},
    {"/secure/top/", "/secure/top/", "", "/"},
    {"/language/", "/language/", "", "/"},
    {"", "/secure/jobstats/alice/47/nothing", "delta=60", "/"},
    {"", "/", "", "/"},
};

std::vector<views::SiblingLink> links_of(const Page& page, const Site& site,
                                         Language language = Language::English) {
    Request request;
    request.path = page.path;
    request.language = language;
    const auto pairs = url::parse_query(page.query).value();
    for (const auto& [name, value] : pairs) request.query.push_back({name, value});
    return sibling_links({request, page.route, {}, {}, {}, {}, {}, {}}, site);
}

Sibling beluga(std::vector<std::string> modules) {
    return {LocalText{{"Beluga", "Béluga"}}, "https://b.example.org/portal", std::move(modules)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(siblings)

BOOST_DATA_TEST_CASE(a_link_keeps_the_page_and_names_nothing_of_this_cluster,
                     boost::unit_test::data::make(kPages), page) {
    Site site;
    site.base_path = "/narval";
    site.siblings = {beluga(module_names())};

    const auto links = links_of(page, site);

    BOOST_TEST_REQUIRE(links.size() == 1U);
    BOOST_TEST(links[0].link == std::string("https://b.example.org/portal") + page.elsewhere);
}

BOOST_DATA_TEST_CASE(a_range_that_is_none_is_left_out,
                     boost::unit_test::data::make({"delta=1e9", "delta=-1", "delta=99999999999",
                                                   "delta=a%22b", "delta=", "Delta=60"}),
                     query) {
    Site site;
    site.siblings = {beluga({"usersummary"})};
    const Page page{"/secure/usersummary/{username}/", "/secure/usersummary/alice/", query, ""};

    BOOST_TEST(links_of(page, site).at(0).link ==
               "https://b.example.org/portal/secure/usersummary/alice/");
}

BOOST_AUTO_TEST_CASE(a_portal_without_the_module_is_linked_by_its_home_page) {
    Site site;
    site.siblings = {beluga({"jobstats"})};
    const Page quotas{"/secure/quotas/{username}/", "/secure/quotas/alice/", "", ""};
    const Page home{"/", "/", "", ""};

    BOOST_TEST(links_of(quotas, site).at(0).link == "https://b.example.org/portal/");
    BOOST_TEST(links_of(home, site).at(0).link == "https://b.example.org/portal/");
}

BOOST_AUTO_TEST_CASE(titles_are_in_the_language_of_the_page) {
    Site site;
    site.siblings = {beluga({"jobstats"})};
    const Page home{"/", "/", "", ""};

    BOOST_TEST(links_of(home, site).at(0).title == "Beluga");
    BOOST_TEST(links_of(home, site, Language::French).at(0).title == "Béluga");
}

BOOST_AUTO_TEST_SUITE_END()
