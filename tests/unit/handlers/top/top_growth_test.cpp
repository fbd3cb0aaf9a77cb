// Whose storage grew most: order, honest words, who is left out, both languages.
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"
#include "views/renderer.h"

namespace {

using namespace portal;
using database::Day;
using database::Growth;
using database::Held;

constexpr std::uint64_t kGibi = std::uint64_t{1} << 30U;

Growth growth(const std::string& name, Held then, Held now) {
    return {.name = name, .then = then, .now = now, .appeared = then == Held{}};
}

struct TopGrowthFixture : fakes::PortalFixture {
    TopGrowthFixture() {
        sign_in("boss", true);
        site.scripts.enabled = true;
        site.robinhood = {{"lustre06", {"Projects", "Projets"}}, {"lustre07", {"Home", "Maison"}}};
        for (const char* name : {"lustre06", "lustre07"}) {
            db.kept.push_back({db.kept.size(), name, today - 30});
            db.kept.push_back({db.kept.size(), name, today});
        }
        db.people["lustre06"] = {
            growth("ann", {10 * kGibi, 100}, {12 * kGibi, 900}),
            growth("ben", {0, 0}, {9 * kGibi, 5}),
            growth("shrank", {7 * kGibi, 5}, {3 * kGibi, 500'005}),
        };
        db.people["lustre07"] = {growth("ann", {5 * kGibi, 10}, {10 * kGibi, 10})};
        db.groups["lustre06"] = {growth("def-ann", {1, 1}, {2, 2})};
    }

    const views::GrowthPage& page(const std::string& query = "") {
        const Response response = get("/secure/top/growth/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::GrowthPage>();
    }
    std::string order(const std::string& query = "") {
        std::string names;
        for (const auto& row : page(query).table.rows) names += row.owner.name + ' ';
        return names;
    }
    std::string html(const std::string& query = "", Language language = Language::English) {
        views::GrowthPage shown = page(query);
        shown.frame.language = language;
        views::Renderer renderer({{"Narval", "Narval"}, "", "/out", "", {}, false});
        return renderer.render(shown).body;
    }

    fakes::FakeStorageDb& db = portal_db.held;
    Day today = database::day_of(clock.now());
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(top_growth, TopGrowthFixture)

BOOST_AUTO_TEST_CASE(the_most_growth_stands_first_and_nobody_who_shrank) {
    BOOST_TEST(order() == "ben ann ann ");
    BOOST_TEST(order("sort=-grown") == "ann ann ben ");
    BOOST_TEST(order("sort=files_grown") == "shrank ann ben ");
    BOOST_TEST(order("sort=before") == "ann ann ben ");
    BOOST_TEST(get("/secure/top/growth/", "sort=nothing").status == 400);
    BOOST_TEST(get("/secure/top/growth/", "by=job").status == 400);

    const auto& row = page().table.rows[1];
    BOOST_TEST(row.place == "Home");
    BOOST_TEST(row.bytes.grown == 5.0 * kGibi);
    BOOST_TEST(row.files.grown == 0);
    BOOST_TEST(row.owner.link == "/secure/quotas/ann/");
}

BOOST_AUTO_TEST_CASE(who_had_nothing_is_said_to_have_had_nothing) {
    BOOST_TEST(page().table.rows[0].appeared);
    BOOST_TEST(html().find(">nothing</td>") != std::string::npos);
    BOOST_TEST(html().find("+9\u202fGiB") != std::string::npos);
    BOOST_TEST(html("", Language::French).find(">rien</td>") != std::string::npos);
    // Less space in more files.
    BOOST_TEST(html("sort=files_grown").find("−4\u202fGiB") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(groups_have_a_table_of_their_own_and_no_link) {
    const auto& shown = page("by=group&sort=now");

    BOOST_TEST_REQUIRE(shown.table.rows.size() == 1U);
    BOOST_TEST(shown.table.rows[0].owner.name == "def-ann");
    BOOST_TEST(shown.table.rows[0].owner.link == "");
    BOOST_TEST(shown.people_link == "/secure/top/growth/");
    BOOST_TEST(shown.file_link == "/secure/top/growth.csv?by=group");
    BOOST_TEST(shown.table.columns[0].title.id == "Group");
}

BOOST_AUTO_TEST_CASE(fewer_days_than_thirty_are_said) {
    BOOST_TEST(html().find("Who grew most in 30 days") != std::string::npos);
    db.kept = {{1, "lustre06", today - 12},
               {2, "lustre06", today},
               {3, "lustre07", today - 12},
               {4, "lustre07", today}};
    BOOST_TEST(page().since == "2025-06-03");
    BOOST_TEST(!page().whole_span);
    BOOST_TEST(html().find("Who grew most since 2025-06-03") != std::string::npos);
    BOOST_TEST(page().notices.empty());
    db.kept[2].day = today - 3;
    BOOST_TEST(page().since == "");
    BOOST_TEST(page().table.rows[1].since == "2025-06-12");
}

BOOST_AUTO_TEST_CASE(copies_that_are_missing_or_old_are_said) {
    db.kept = {{1, "lustre07", today}};
    const auto& early = page();
    BOOST_TEST(!early.compared);
    BOOST_TEST_REQUIRE(early.notices.size() == 2U);
    BOOST_TEST(early.notices[0].text.id.starts_with("{0}: there is no copy"));
    BOOST_TEST(early.notices[1].text.id.starts_with("{0}: the first copy"));
    BOOST_TEST(html().find("Not known yet") != std::string::npos);

    db.kept = {{1, "lustre06", today - 40},
               {2, "lustre06", today - 9},
               {3, "lustre07", today - 1},
               {4, "lustre07", today - 31}};
    const auto& old = page();
    BOOST_TEST_REQUIRE(old.notices.size() == 1U);
    BOOST_TEST(old.notices[0].text.id.starts_with("{0}: the newest copy"));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_no_growth_and_is_counted) {
    db.people["lustre06"].push_back(growth("odd", {0, 0}, {99 * kGibi, 1}));
    db.people["lustre06"].back().known = false;

    BOOST_TEST(order() == "ben ann ann ");
    BOOST_TEST_REQUIRE(page().notices.size() == 1U);
    BOOST_TEST(page().notices[0].text.count == 1U);
    BOOST_TEST(get("/secure/top/growth.csv").body.find("odd") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_file_has_all_rows_and_no_formula) {
    db.people["lustre06"][0].name = "=ann";
    site.top.users = 1;
    const Response response = get("/secure/top/growth.csv");

    BOOST_TEST(response.content_type == "text/csv; charset=utf-8");
    BOOST_TEST(response.body.find("\"ben\",\"Projects\",2025-05-16,2025-06-15,0,9663676416,"
                                  "9663676416,0,5,5\r\n") != std::string::npos,
               response.body);
    BOOST_TEST(response.body.find("\"'=ann\"") != std::string::npos);
    BOOST_TEST(response.body.find("\"shrank\"") != std::string::npos);
    BOOST_TEST(page().table.rows.size() == 1U);
    BOOST_TEST(page().table.more.count == 2U);
}

BOOST_AUTO_TEST_CASE(only_staff_see_it_and_only_where_copies_are_kept) {
    db.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(get("/secure/top/growth/").status == 503);
    BOOST_TEST(get("/secure/top/growth.csv").status == 503);
    db.away.reset();
    sign_in("alice", false);
    BOOST_TEST(get("/secure/top/growth/").status == 404);
    sign_in("boss", true);
    const auto nowhere = [&] {
        BOOST_TEST(get("/secure/top/growth/").status == 404);
        BOOST_TEST(get("/secure/top/growth.csv").status == 404);
        get("/secure/top/");
        for (const auto& card : views.last<views::TopIndexPage>()->cards) {
            BOOST_TEST(card.link.find("growth") == std::string::npos);
        }
    };
    site.scripts.enabled = false;
    nowhere();
    site.scripts.enabled = true;
    site.modules = {"top"};
    nowhere();
    site.modules = {"top", "quotas"};
    get("/secure/top/");
    BOOST_TEST(views.last<views::TopIndexPage>()->cards.back().link == "/secure/top/growth/");
    site.robinhood.clear();
    nowhere();
}

BOOST_AUTO_TEST_SUITE_END()
