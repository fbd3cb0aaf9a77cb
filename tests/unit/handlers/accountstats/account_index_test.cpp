#include <boost/test/unit_test.hpp>

#include "tests/fakes/account_fixture.h"
#include "views/pages/accountstats/priority.h"

namespace {

using namespace portal;
using fakes::part;
using views::AccountSection;

struct AccountIndexFixture : fakes::AccountFixture {
    Response index(const std::string& query = "") { return get("/secure/accountstats/", query); }
    [[nodiscard]] std::vector<std::string> accounts(AccountSection::Kind kind) const {
        std::vector<std::string> names;
        for (const AccountSection& section : views.last<views::AccountIndexPage>()->sections) {
            if (section.kind != kind) continue;
            for (const auto& row : section.rows) names.push_back(row.account);
        }
        return names;
    }
};

using Names = std::vector<std::string>;
using Kind = AccountSection::Kind;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_index, AccountIndexFixture)

BOOST_AUTO_TEST_CASE(accounts_are_listed_by_what_the_directory_gives) {
    directory.groups.push_back({"rrg-gpus", {"alice"}, fakes::granted(fakes::kGrantedGpus, 8.5)});
    directory.groups.push_back(
        {"sto-lab", {"alice"}, fakes::granted(&ldap::AllocatedResources::project_inodes, 1e6)});
    directory.groups.push_back({"def-other", {"bob"}, {}});
    directory.groups.push_back({"rrg-none", {"alice"}, fakes::granted(fakes::kGrantedCores, 0)});

    BOOST_TEST(index().status == 200);

    BOOST_TEST(accounts(Kind::Competition) == (Names{"rrg-lab_cpu", "rrg-gpus_gpu"}),
               boost::test_tools::per_element());
    BOOST_TEST(accounts(Kind::Default) == (Names{"def-smith_cpu", "def-smith_gpu"}),
               boost::test_tools::per_element());
    BOOST_TEST(accounts(Kind::Other) ==
                   (Names{"sto-lab_cpu", "sto-lab_gpu", "rrg-none_cpu", "rrg-none_gpu"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_prefix_of_default_accounts_is_the_sites) {
    site.default_account_prefix = "grp-";
    directory.groups = {{"grp-a", {"alice"}, fakes::granted(fakes::kGrantedCores, 5)},
                        {"def-smith", {"alice"}, {}}};

    index();

    BOOST_TEST(accounts(Kind::Default) == (Names{"grp-a_cpu", "grp-a_gpu"}),
               boost::test_tools::per_element());
    BOOST_TEST(accounts(Kind::Other).size() == 2U);
}

BOOST_AUTO_TEST_CASE(groups_as_sites_name_them_are_listed_and_others_are_told) {
    directory.groups = {
        {"team@corp", {"alice"}, {}}, {"Lab_A", {"alice"}, {}}, {"of many words", {"alice"}, {}}};
    answer_with({part("cpu_allocated", {64}, {{"account", "lab_a_cpu"}}),
                 part("highest", {1}, {{"account", "team@corp_cpu"}})});

    index();

    BOOST_TEST(accounts(Kind::Other) ==
                   (Names{"team@corp_cpu", "team@corp_gpu", "Lab_A_cpu", "Lab_A_gpu"}),
               boost::test_tools::per_element());
    const auto& page = *views.last<views::AccountIndexPage>();
    const auto& rows = page.sections.at(0).rows;
    BOOST_TEST(rows.at(0).link == "/secure/accountstats/team%40corp_cpu/");
    BOOST_TEST(std::get<double>(rows.at(0).priority) == views::kHighestPriority);
    BOOST_TEST(std::get<double>(rows.at(2).allocated) == 64);
    BOOST_TEST_REQUIRE(page.notices.size() == 1U);
    BOOST_TEST(page.notices[0].text.arguments.at(0).text == "of many words");
    BOOST_TEST(get("/secure/accountstats/team@corp_cpu/", "").status == 200);
}

BOOST_AUTO_TEST_CASE(one_query_says_what_runs_in_all_of_them) {
    answer_with({part("cpu_allocated", {64}, {{"account", "rrg-lab_cpu"}}),
                 part("cpu_used", {32}, {{"account", "rrg-lab_cpu"}}),
                 part("priority", {1.2}, {{"account", "rrg-lab_cpu"}})});

    index();

    BOOST_TEST(metrics.texts.size() == 1U);
    const auto& row = views.last<views::AccountIndexPage>()->sections.at(0).rows.at(0);
    BOOST_TEST(row.link == "/secure/accountstats/rrg-lab_cpu/");
    BOOST_TEST(std::get<double>(row.granted) == 400);
    BOOST_TEST(std::get<double>(row.allocated) == 64);
    BOOST_TEST(std::get<double>(row.used) == 32);
    BOOST_TEST(std::get<double>(row.priority) == 1.2);
    const auto& other = views.last<views::AccountIndexPage>()->sections.at(1).rows.at(0);
    BOOST_TEST(std::holds_alternative<NoData>(other.allocated));
}

BOOST_AUTO_TEST_CASE(without_prometheus_the_list_stays) {
    prometheus_away();

    BOOST_TEST(index().status == 200);
    const auto& row = views.last<views::AccountIndexPage>()->sections.at(0).rows.at(0);
    BOOST_TEST(std::holds_alternative<Unavailable>(row.allocated));
}

BOOST_AUTO_TEST_CASE(without_the_directory_there_is_no_list) {
    ldap_away();

    BOOST_TEST(index().status == 503);
    BOOST_TEST((views.last<views::ErrorPage>()->missing == SourceId::Ldap));
}

BOOST_AUTO_TEST_CASE(nobody_is_left_without_a_page) {
    sign_in("carol", false);

    BOOST_TEST(index().status == 200);
    BOOST_TEST(views.last<views::AccountIndexPage>()->sections.empty());
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(an_account_can_be_asked_for_by_name) {
    const Response response = index("account=rrg-x_gpu");
    BOOST_TEST(response.status == 302);
    BOOST_TEST(fakes::header(response, "Location") == "/secure/accountstats/rrg-x_gpu/");
    BOOST_TEST(index("account=../x").status == 400);
    BOOST_TEST(index("account=").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
