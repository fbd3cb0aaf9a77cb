#include <boost/test/unit_test.hpp>

#include "tests/fakes/account_fixture.h"
#include "views/pages/accountstats/priority.h"

namespace {

using namespace portal;
using namespace std::chrono_literals;
using fakes::of_user;
using fakes::part;
using views::MemberTable;

struct AccountPageFixture : fakes::AccountFixture {
    Response page(const std::string& account, const std::string& query = "") {
        return get("/secure/accountstats/" + account + "/", query);
    }
    [[nodiscard]] std::vector<std::string> logins() const {
        std::vector<std::string> all;
        for (const auto& row : account().members.rows) all.push_back(row.login);
        return all;
    }
    [[nodiscard]] const views::HeldUse& use(std::size_t row, std::size_t measure) const {
        return account().members.rows.at(row).uses.at(measure);
    }
    [[nodiscard]] bool says(const std::string& start) const {
        const auto& notices = account().notices;
        return std::any_of(notices.begin(), notices.end(), [&](const views::Notice& one) {
            return one.text.id.starts_with(start);
        });
    }
};

double number(const Reading& reading) {
    return std::get<double>(reading);
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_page, AccountPageFixture)

BOOST_AUTO_TEST_CASE(members_see_their_account_and_nobody_else_does) {
    answer_with({of_user("alice", "cores_allocated", 10)});

    BOOST_TEST(page("def-smith_cpu").status == 200);
    BOOST_TEST(page("def-smith_gpu").status == 200);
    BOOST_TEST(page("def-smith").status == 200);
    sign_in("carol", false);
    BOOST_TEST(page("def-smith_cpu").status == 404);
    sign_in("boss", true);
    BOOST_TEST(page("def-smith_cpu").status == 200);
}

BOOST_AUTO_TEST_CASE(what_has_no_counterpart_is_in_no_share) {
    site.verdicts = usual_verdicts();
    answer_with({of_user("alice", "gpus_allocated", 10), of_user("alice", "gpus_used", 4.5),
                 of_user("alice", "gpus_unmeasured", 5), of_user("alice", "memory_allocated", 100),
                 of_user("alice", "memory_used", 150), of_user("alice", "memory_unlimited", 120)});

    page("def-smith_gpu");

    BOOST_TEST(number(use(0, 0).allocated) == 10);
    BOOST_TEST(number(use(0, 0).wasted) == 0.5);
    BOOST_TEST(number(use(0, 0).share.value) == 0.9);
    BOOST_TEST((use(0, 0).share.grade == views::Grade::Unknown), "half of them told nothing");
    BOOST_TEST(number(use(0, 2).used) == 150);
    BOOST_TEST(number(use(0, 2).wasted) == 70);
    BOOST_TEST(number(use(0, 2).share.value) == 0.3);
    BOOST_TEST(says("The use of {0} GPU-hours is not known"));
    BOOST_TEST(says("Some jobs had no limit of memory"));
}

BOOST_AUTO_TEST_CASE(an_ending_is_taken_off_once_and_as_it_is_written) {
    // B4, B39: neither what follows a `_` nor single letters of the endings are cut away.
    directory.groups = {{"def-ccc", {"alice"}, {}}, {"def-x", {"bob"}, {}}};

    BOOST_TEST(page("def-ccc_cpu").status == 200);
    for (const char* other : {"def-x_|.*", "def-ccc_cpu_x", "def-ccc_GPU", "def-_cpu", "def-cc"}) {
        BOOST_TEST(page(other).status == 404, other);
    }
}

BOOST_AUTO_TEST_CASE(staff_see_accounts_that_are_measured_but_not_in_the_directory) {
    sign_in("boss", true);
    BOOST_TEST(page("old-group_cpu").status == 404);

    answer_with({of_user("zoe", "cores_allocated", 10)});
    BOOST_TEST(page("old-group_cpu").status == 200);
    BOOST_TEST(says("The directory has no active allocation"));
    BOOST_TEST(!account().members.rows.at(0).former);
    BOOST_TEST(page("a\"} or up{").status == 404);
}

BOOST_AUTO_TEST_CASE(an_account_that_was_used_long_ago_is_found_outside_the_range) {
    sign_in("boss", true);
    prometheus::SeriesSet once{.grid = {}, .series = {fakes::part("cores", {1})}, .warnings = {}};
    metrics.answers.emplace("present_over_time", once);

    BOOST_TEST(page("old-group_cpu", "delta=86400").status == 200);
    BOOST_TEST(account().members.rows.empty());
}

BOOST_AUTO_TEST_CASE(each_column_is_one_query_for_every_member) {
    page("def-smith_cpu");

    const auto columns = std::count_if(
        metrics.texts.begin(), metrics.texts.end(),
        [](const std::string& text) { return text.find("sum_over_time") != std::string::npos; });
    BOOST_TEST(columns == 8);
    for (const std::string& text : metrics.texts) {
        const bool whole_cluster = text.find("allocated_core:count{}") != std::string::npos;
        BOOST_TEST((whole_cluster || text.find("account=\"def-smith_cpu\"") != text.npos), text);
        BOOST_TEST(text.find("=~") == std::string::npos);
        BOOST_TEST(text.find("bob") == std::string::npos);
        const bool instant = text.find("slurm_account_levelfs") != std::string::npos;
        BOOST_TEST((instant || text.find(" or ") == std::string::npos), text);
    }
}

BOOST_AUTO_TEST_CASE(the_worst_waste_comes_first_and_the_rest_adds_up) {
    answer_with({of_user("alice", "cores_allocated", 100), of_user("alice", "cores_used", 90),
                 of_user("bob", "cores_allocated", 50), of_user("bob", "cores_used", 10)});

    page("def-smith_cpu");

    BOOST_TEST(logins() == (Names{"bob", "alice"}), boost::test_tools::per_element());
    BOOST_TEST(number(use(0, 0).wasted) == 40);
    BOOST_TEST(number(use(1, 0).share.value) == 0.9);
    BOOST_TEST((use(0, 0).share.grade == views::Grade::Poor));
    const auto& total = account().members.total.at(0);
    BOOST_TEST(number(total.allocated) == 150);
    BOOST_TEST(number(total.wasted) == 50);
}

BOOST_AUTO_TEST_CASE(waste_is_never_below_zero_also_of_gpus) {
    answer_with({of_user("alice", "gpus_allocated", 1), of_user("alice", "gpus_used", 1.5)});

    page("def-smith_gpu");

    BOOST_TEST((account().members.measures.at(0) == MemberTable::Measure::Gpus));
    BOOST_TEST(number(use(0, 0).wasted) == 0);
}

BOOST_AUTO_TEST_CASE(what_was_not_recorded_is_no_zero) {
    answer_with({of_user("alice", "cores_allocated", 8)});

    page("def-smith_cpu");

    BOOST_TEST(std::holds_alternative<NoData>(use(0, 0).used));
    BOOST_TEST(std::holds_alternative<NoData>(use(0, 0).wasted));
    BOOST_TEST(std::holds_alternative<NoData>(use(0, 1).allocated));
}

BOOST_AUTO_TEST_CASE(gpu_columns_and_charts_of_a_cpu_account_come_with_gpus) {
    answer_with({of_user("alice", "cores_allocated", 8)});
    page("def-smith_cpu");
    BOOST_TEST(account().members.measures.size() == 2U);
    BOOST_TEST(account().sections.size() == 3U);

    answer_with({of_user("alice", "cores_allocated", 8), of_user("alice", "gpus_allocated", 8)});
    page("def-smith_cpu");
    BOOST_TEST(account().members.measures.size() == 3U);
    BOOST_TEST(account().sections.at(2).id == "gpu");

    page("def-smith_gpu");
    BOOST_TEST(account().sections.at(0).id == "gpu");
}

BOOST_AUTO_TEST_CASE(who_left_is_marked_and_who_used_nothing_is_named) {
    answer_with({of_user("alice", "cores_allocated", 8), of_user("zoe", "cores_allocated", 4)});

    page("def-smith_cpu", "sort=user");

    BOOST_TEST(logins() == (Names{"alice", "zoe"}), boost::test_tools::per_element());
    BOOST_TEST(!account().members.rows.at(0).former);
    BOOST_TEST(account().members.rows.at(1).former);
    BOOST_TEST(account().idle == Names{"bob"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_member_in_another_case_neither_left_nor_is_idle) {
    directory.groups[0].members = {"alice", "JSmith"};
    answer_with({of_user("alice", "cores_allocated", 8), of_user("jsmith", "cores_allocated", 4)});

    page("def-smith_cpu", "sort=user");

    BOOST_TEST(logins() == (Names{"alice", "jsmith"}), boost::test_tools::per_element());
    BOOST_TEST(!account().members.rows.at(1).former);
    BOOST_TEST(account().idle.empty());
}

BOOST_AUTO_TEST_CASE(jobs_are_linked_for_those_who_may_see_them) {
    answer_with({of_user("alice", "cores_allocated", 8), of_user("bob", "cores_allocated", 4),
                 of_user("", "cores_allocated", 2)});

    page("def-smith_cpu", "sort=-user");
    const auto& rows = account().members.rows;
    BOOST_TEST(rows.at(0).link.empty());  // bob's are for bob
    BOOST_TEST(rows.at(1).link == "/secure/jobstats/alice/?account=def-smith_cpu");
    BOOST_TEST(rows.at(2).link.empty());
    BOOST_TEST(!rows.at(2).former);

    sign_in("boss", true);
    page("def-smith_cpu", "sort=-user");
    BOOST_TEST(rows.at(0).link == "/secure/jobstats/bob/?account=def-smith_cpu");
}

BOOST_AUTO_TEST_CASE(the_table_is_sorted_by_what_the_address_asks) {
    answer_with({of_user("alice", "memory_used", 5), of_user("bob", "memory_used", 9),
                 of_user("carl", "cores_used", 1)});

    page("def-smith_cpu", "sort=memory_used");
    BOOST_TEST(logins() == (Names{"bob", "alice", "carl"}), boost::test_tools::per_element());
    page("def-smith_cpu", "sort=-memory_used");
    BOOST_TEST(logins() == (Names{"alice", "bob", "carl"}), boost::test_tools::per_element());
    const auto asked = metrics.texts.size();
    BOOST_TEST(page("def-smith_cpu", "sort=password").status == 400);
    BOOST_TEST(metrics.texts.size() == asked);
}

BOOST_AUTO_TEST_CASE(what_was_granted_is_said_in_words) {
    page("rrg-lab_cpu");
    BOOST_TEST(account().granted.count == 400U);
    BOOST_TEST(account().granted.id.starts_with("{0} core was allocated"));
    // B53: no number is no "None".
    page("rrg-lab_gpu");
    BOOST_TEST(account().granted.id.find("no GPUs") != std::string::npos);
    page("def-smith_cpu");
    BOOST_TEST(account().granted.id.starts_with("This is a default account"));
    site.default_account_prefix = "rrg-";
    page("rrg-lab_cpu");
    BOOST_TEST(account().granted.id.starts_with("This is a default account"));
}

BOOST_AUTO_TEST_CASE(parts_of_a_gpu_are_written_and_counted_as_several) {
    directory.groups[1].resources.gpu_equivalent = 1.5;

    page("rrg-lab_gpu");

    BOOST_TEST(account().granted.count == 2U);
    BOOST_TEST(account().granted.arguments.at(0).number == 1.5);
}

BOOST_AUTO_TEST_CASE(without_prometheus_the_page_stays_and_says_so) {
    prometheus_away();

    const Response response = page("rrg-lab_cpu");

    BOOST_TEST(response.status == 503);
    BOOST_TEST(fakes::header(response, "Retry-After") == "10");
    BOOST_TEST((account().members.missing == SourceId::Prometheus));
    BOOST_TEST(std::holds_alternative<Unavailable>(*account().priority));
    BOOST_TEST(account().granted.count == 400U);
    BOOST_TEST(says("Measurements are not available"));
}

BOOST_AUTO_TEST_CASE(without_the_directory_staff_see_what_is_measured) {
    ldap_away();
    answer_with({of_user("zoe", "cores_allocated", 4)});
    BOOST_TEST(page("def-smith_cpu").status == 503);  // nobody is let in unchecked

    sign_in("boss", true);
    BOOST_TEST(page("def-smith_cpu").status == 200);
    BOOST_TEST(says("The directory is not available"));
    BOOST_TEST(!account().members.rows.at(0).former);
    BOOST_TEST(account().granted.empty());
}

BOOST_AUTO_TEST_CASE(exporters_that_are_off_take_their_parts_along) {
    site.exporters.account.enabled = site.exporters.lustre.enabled = false;
    page("def-smith_cpu");
    BOOST_TEST(!account().priority.has_value());
    BOOST_TEST(account().priority_charts.size() == 1U);
    BOOST_TEST(account().sections.size() == 2U);

    const auto asked = metrics.texts.size();
    site.exporters.job.enabled = false;
    page("def-smith_cpu");
    BOOST_TEST(!account().measured);
    BOOST_TEST(account().priority_charts.empty());
    BOOST_TEST(metrics.texts.size() == asked);
}

BOOST_AUTO_TEST_CASE(an_infinite_priority_is_the_highest_and_no_missing_one) {
    const auto priority = [&](const prometheus::Series& series) {
        metrics.answers.insert_or_assign("slurm_account_levelfs",
                                         prometheus::SeriesSet{{}, {series}, {}});
        page("def-smith_cpu");
        return *account().priority;
    };
    BOOST_TEST(number(priority(part("highest", {1}))) == views::kHighestPriority);
    BOOST_TEST(number(priority(part("priority", {0.5}))) == 0.5);
    BOOST_TEST(number(priority(part("priority", {0}))) == 0);
    BOOST_TEST(std::holds_alternative<NoData>(priority(part("priority", {prometheus::kGap}))));
    BOOST_TEST(std::holds_alternative<NoData>(priority(part("priority", {-1}))));
}

BOOST_AUTO_TEST_CASE(the_whole_range_up_to_now_is_asked_about) {
    for (const Seconds days : {24h, 168h, 336h, 1440h}) {
        metrics.texts.clear();
        metrics.grids.clear();
        page("def-smith_cpu", "delta=" + std::to_string(days.count()));
        const prometheus::Grid& grid = metrics.grids.at(0);
        BOOST_TEST((grid.last() == clock.now()));
        BOOST_TEST((grid.step * static_cast<Seconds::rep>(grid.count) == days));
        BOOST_TEST(account().range_given);
    }
    BOOST_TEST(page("def-smith_cpu").status == 200);
    BOOST_TEST(!account().range_given);
}

BOOST_AUTO_TEST_SUITE_END()
