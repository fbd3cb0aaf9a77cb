#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using robinhood::Amount;

constexpr std::uint64_t kTebi = std::uint64_t{1} << 40U;

Amount amount(std::uint64_t inodes, std::uint64_t bytes) {
    return {inodes, Bytes{bytes}};
}

SourceError away() {
    return {SourceId::Robinhood, Fault::Timeout, ""};
}

/// Alice in two groups; one file system for projects, one for nearline storage.
struct QuotasFixture : fakes::PortalFixture {
    QuotasFixture() {
        site.modules = {"quotas"};
        site.robinhood = {{"lustre06", {"Projects", "Projets"}, true, false},
                          {"nearline", {"Tapes", "Rubans"}, false, true}};
        directory.groups = {{"def-smith", {"alice"}, {}}, {"rrg-big", {"alice"}, {}}};
        small().project_storage = Bytes{kTebi};
        small().project_inodes = 1e6;
        big().project_storage = Bytes{40 * kTebi};
        big().nearline_storage = Bytes{100 * kTebi};
        storage.uses["lustre06"] = {
            {"def-smith", {amount(910'000, kTebi / 4), {{"bob", amount(9, 30)}}}, {}, {}},
            {"rrg-big", {amount(5, 20 * kTebi), {}}, {}, {}}};
        storage.uses["nearline"] = {{"rrg-big",
                                     {},
                                     {amount(7, 3 * kTebi), {{"alice", amount(7, 3 * kTebi)}}},
                                     {amount(9, 101 * kTebi), {{"carol", amount(9, 5)}}}}};
    }
    ldap::AllocatedResources& small() { return directory.groups[0].resources; }
    ldap::AllocatedResources& big() { return directory.groups[1].resources; }

    const views::QuotasPage& page(const std::string& query = "") {
        const Response response = get("/secure/quotas/alice/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::QuotasPage>();
    }
};

double used(const views::QuotaLine& line) {
    return std::get<double>(line.used);
}

bool is_away(const views::QuotaLine& line) {
    return std::holds_alternative<Unavailable>(line.used);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(quotas_page, QuotasFixture)

BOOST_AUTO_TEST_CASE(the_index_leads_to_the_own_page) {
    BOOST_TEST(fakes::header(get("/secure/quotas/"), "Location") == "/secure/quotas/alice/");
}

BOOST_AUTO_TEST_CASE(projects_stand_by_the_fuller_of_their_two_numbers) {
    const auto& projects = page().projects;

    BOOST_TEST_REQUIRE(projects.size() == 2U);
    BOOST_TEST(projects[0].quota.title == "def-smith");
    BOOST_TEST(projects[0].quota.files.ratio().value() == 0.91);
    BOOST_TEST(projects[1].quota.bytes.ratio().value() == 0.5);
    BOOST_TEST(used(projects[1].quota.bytes) == 20.0 * kTebi);
}

BOOST_AUTO_TEST_CASE(a_limit_that_the_directory_does_not_give_is_not_made_up) {
    const auto& big_project = page().projects[1].quota;

    BOOST_TEST(!big_project.files.limit.has_value());
    BOOST_TEST(used(big_project.files) == 5);
}

BOOST_AUTO_TEST_CASE(disk_and_tape_count_together_against_the_limit_of_nearline) {
    const auto& nearline = page().nearline;

    BOOST_TEST_REQUIRE(nearline.size() == 1U);
    BOOST_TEST(nearline[0].quota.bytes.ratio().value() == 1.04);
    BOOST_TEST(nearline[0].disk_bytes == 3.0 * kTebi);
    BOOST_TEST(nearline[0].tape_files == 9);
    BOOST_TEST_REQUIRE(nearline[0].owners.size() == 2U);
    BOOST_TEST(nearline[0].owners[0].user == "alice");
    BOOST_TEST(!nearline[0].owners[0].tape_bytes.has_value());
}

BOOST_AUTO_TEST_CASE(a_database_that_is_away_takes_its_own_part_only) {
    storage.away.insert({"lustre06", away()});

    const auto& shown = page();

    BOOST_TEST(is_away(shown.projects[0].quota.bytes));
    BOOST_TEST(shown.projects[0].quota.away == "Robinhood (lustre06)");
    BOOST_TEST(used(shown.nearline[0].quota.bytes) == 104.0 * kTebi);
    BOOST_TEST(shown.notices.size() == 1U);
}

BOOST_AUTO_TEST_CASE(all_databases_away_is_a_503_with_the_page) {
    storage.away = {{"lustre06", away()}, {"nearline", away()}};

    const Response response = get("/secure/quotas/alice/");

    BOOST_TEST(response.status == 503);
    BOOST_TEST(!fakes::header(response, "Retry-After").empty());
    BOOST_TEST(views.last<views::QuotasPage>()->projects.size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_directory_away_is_a_503) {
    directory.away = SourceError{SourceId::Ldap, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/quotas/alice/").status == 503);
}

BOOST_AUTO_TEST_CASE(a_project_without_a_file_is_zero_once) {
    site.robinhood[1].project = true;
    storage.uses["lustre06"].erase(storage.uses["lustre06"].begin());

    const auto& projects = page().projects;

    BOOST_TEST_REQUIRE(projects.size() == 2U);
    BOOST_TEST(projects[1].quota.title == "def-smith");
    BOOST_TEST(used(projects[1].quota.bytes) == 0);
}

BOOST_AUTO_TEST_CASE(nothing_found_is_not_zero_while_a_file_system_is_away) {
    site.robinhood[1].project = true;
    storage.uses["lustre06"].clear();
    storage.away.insert({"nearline", away()});

    const auto& projects = page().projects;

    BOOST_TEST_REQUIRE(projects.size() == 2U);
    BOOST_TEST(is_away(projects[0].quota.bytes));
    BOOST_TEST(projects[0].quota.away == "Robinhood (nearline)");
}

BOOST_AUTO_TEST_CASE(who_has_an_impossible_number_is_not_known_and_the_total_is_incomplete) {
    auto& project = storage.uses["lustre06"][0].project;
    project.owners.push_back({"carol", std::nullopt});
    project.left_out = {"carol"};
    auto& tape = storage.uses["nearline"][0].tape;
    tape.owners = {{"alice", std::nullopt}};
    tape.left_out = {"alice"};

    const auto& shown = page();

    BOOST_TEST_REQUIRE(shown.notices.size() == 2U);
    BOOST_TEST(shown.notices[0].text.id.starts_with("The total of {0} on {1} is incomplete"));
    const auto& carol = shown.projects[0].owners.at(1);
    BOOST_TEST(carol.user == "carol");
    BOOST_TEST((!carol.files.has_value() && !carol.bytes.has_value()));
    const auto& alice = shown.nearline[0].owners.at(0);
    BOOST_TEST((alice.disk_known && alice.disk_bytes.has_value()));
    BOOST_TEST((!alice.tape_known && !alice.tape_bytes.has_value()));
}

BOOST_AUTO_TEST_CASE(a_project_whose_limit_cannot_be_read_is_there_without_one) {
    small().project_storage.reset();
    small().project_inodes.reset();
    small().project_unreadable = true;
    big().nearline_storage.reset();
    big().nearline_unreadable = true;

    const auto& shown = page();

    BOOST_TEST_REQUIRE(shown.projects.size() == 2U);
    BOOST_TEST_REQUIRE(shown.nearline.size() == 1U);
    BOOST_TEST(shown.projects[1].quota.title == "def-smith");
    BOOST_TEST(used(shown.projects[1].quota.bytes) == kTebi / 4.0);
    BOOST_TEST(!shown.projects[1].quota.bytes.limit.has_value());
    BOOST_TEST(!shown.nearline[0].quota.bytes.limit.has_value());
}

BOOST_AUTO_TEST_CASE(tables_are_sorted_as_asked_and_those_without_the_column_stay) {
    auto& owners = storage.uses["lustre06"][0].project.owners;
    owners = {{"bob", amount(9, 30)}, {"carol", amount(99, 20)}, {"alice", amount(50, 10)}};
    const auto first = [&](const std::string& sort) {
        return page(sort).projects[0].owners[0].user;
    };

    BOOST_TEST(first("") == "bob");
    BOOST_TEST(first("sort=-bytes") == "alice");
    BOOST_TEST(first("sort=inodes") == "carol");
    BOOST_TEST(first("sort=user") == "alice");
    BOOST_TEST(first("sort=-user") == "carol");
    BOOST_TEST(first("sort=tape_bytes") == "bob");
    BOOST_TEST(get("/secure/quotas/alice/", "sort=x").status == 400);
}

BOOST_AUTO_TEST_CASE(a_project_says_by_how_much_it_grew_and_none_that_shrank_or_is_unknown) {
    const database::Day today = database::day_of(clock.now());
    portal_db.held.kept = {{1, "lustre06", today - 30},
                           {2, "lustre06", today},
                           {3, "nearline", today - 9},
                           {4, "nearline", today}};
    portal_db.held.groups["lustre06"] = {
        {.name = "def-smith", .then = {kTebi / 8, 800}, .now = {kTebi / 4, 700}},
        {.name = "rrg-big", .then = {0, 0}, .now = {kTebi, 9}, .known = false}};
    portal_db.held.groups["nearline"] = {
        {.name = "rrg-big", .then = {}, .now = {kTebi, 9}, .appeared = true}};
    BOOST_TEST(!page().projects[0].quota.bytes.growth.has_value());  // without a database

    site.scripts.enabled = true;
    const auto& small_project = page().projects[0].quota;
    BOOST_TEST(small_project.bytes.growth.value().grown == kTebi / 8.0);
    BOOST_TEST(small_project.bytes.growth.value().since == "");
    BOOST_TEST(!small_project.files.growth.has_value());
    BOOST_TEST(!page().projects[1].quota.bytes.growth.has_value());
    BOOST_TEST(page().nearline[0].quota.bytes.growth.value().appeared);
    BOOST_TEST(page().nearline[0].quota.bytes.growth.value().since == "2025-06-06");
    BOOST_TEST((portal_db.held.asked[0] == database::HeldBy::Storage::Project));
    BOOST_TEST((portal_db.held.asked[1] == database::HeldBy::Storage::Nearline));

    portal_db.held.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(!page().projects[0].quota.bytes.growth.has_value());
}

BOOST_AUTO_TEST_CASE(an_unknown_login_and_somebody_elses_page_are_not_found) {
    BOOST_TEST(get("/secure/quotas/bob/").status == 404);
    sign_in("boss", true);
    BOOST_TEST(get("/secure/quotas/bob/").status == 200);
    BOOST_TEST(get("/secure/quotas/nobody/").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
