#include "handlers/access/audit.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using database::Subject;

struct AuditFixture : fakes::PortalFixture {
    AuditFixture() {
        slurm.jobs = {finished_job(47)};
        directory.groups = {{"def-smith", {"alice"}, {}}, {"def-staff", {"boss"}, {}}};
        site.scripts.enabled = true;
        sign_in("boss", true);
    }

    /// The one view that a request left.
    const database::View& kept(const std::string& path) {
        get(path);
        BOOST_TEST_REQUIRE(audit.kept.size() == 1U);
        return audit.kept.front();
    }

    const views::SummaryPage& summary() {
        BOOST_TEST_REQUIRE(get("/secure/usersummary/alice/").status == 200);
        return *views.last<views::SummaryPage>();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit, AuditFixture)

BOOST_AUTO_TEST_CASE(a_look_of_staff_at_a_users_page_is_kept) {
    const database::View& view = kept("/secure/jobstats/alice/47/");

    BOOST_TEST((view.when == clock.time));
    BOOST_TEST(view.viewer.value == "boss");
    BOOST_TEST((view.subject == Subject{Subject::Kind::User, "alice"}));
    BOOST_TEST(view.page == "/secure/jobstats/alice/47/");
    BOOST_TEST(views.last<views::JobPage>()->frame.whose == "alice");
    BOOST_TEST(views.last<views::JobPage>()->frame.recorded);
}

BOOST_AUTO_TEST_CASE(graphs_and_scripts_belong_to_their_page) {
    const auto page = [](const std::string& pattern, const std::string& path) {
        return page_of(path, pattern);
    };
    const std::string user = "/secure/jobstats/{username}/";
    const std::string job = user + "{job}/";
    const std::string project = "/secure/cloudstats/project/{project}/";
    BOOST_TEST(page(job + "graph/{graph}.json", "/secure/jobstats/alice/47/graph/cpu.json") ==
               "/secure/jobstats/alice/47/");
    BOOST_TEST(page(job + "value/cost.json", "/secure/jobstats/alice/47/value/cost.json") ==
               "/secure/jobstats/alice/47/");
    BOOST_TEST(page(job + "script", "/secure/jobstats/alice/47/script") ==
               "/secure/jobstats/alice/47/");
    BOOST_TEST(page(user + "graph/{graph}.json", "/secure/jobstats/alice/graph/cpu.json") ==
               "/secure/jobstats/alice/");
    BOOST_TEST(page(project, "/secure/cloudstats/project/a b/") ==
               "/secure/cloudstats/project/a%20b/");
    for (const std::string name : {"graph", "value"}) {
        BOOST_TEST(page(user, "/secure/jobstats/" + name + "/") ==
                   "/secure/jobstats/" + name + "/");
        BOOST_TEST(page(job, "/secure/jobstats/" + name + "/47/") ==
                   "/secure/jobstats/" + name + "/47/");
        BOOST_TEST(page(project, "/secure/cloudstats/project/" + name + "/") ==
                   "/secure/cloudstats/project/" + name + "/");
        BOOST_TEST(
            page(user + "graph/{graph}.json", "/secure/jobstats/" + name + "/graph/cpu.json") ==
            "/secure/jobstats/" + name + "/");
    }

    BOOST_TEST(kept("/secure/jobstats/alice/47/graph/cpu.json").page ==
               "/secure/jobstats/alice/47/");
}

BOOST_AUTO_TEST_CASE(an_account_or_project_counts_unless_one_is_a_member) {
    get("/secure/accountstats/def-staff_cpu/");
    BOOST_TEST(audit.kept.empty());
    BOOST_TEST(views.last<views::AccountPage>()->frame.whose == "");

    const database::View& view = kept("/secure/accountstats/def-smith_cpu/");

    BOOST_TEST((view.subject == Subject{Subject::Kind::Account, "def-smith_cpu"}));
    BOOST_TEST(views.last<views::AccountPage>()->frame.whose == "def-smith_cpu");
    get("/secure/cloudstats/project/def-smith/");
    BOOST_TEST((audit.kept.back().subject == Subject{Subject::Kind::Project, "def-smith"}));
}

BOOST_AUTO_TEST_CASE(nothing_is_kept_of_what_shows_no_data_of_others) {
    get("/secure/jobstats/alice/48/");  // no such job
    get("/secure/jobstats/nobody/");    // no such user
    get("/secure/jobstats/boss/");      // his own
    get("/secure/top/");                // nobody's in particular
    sign_in("bob", false);
    get("/secure/jobstats/alice/47/");  // refused
    sign_in("alice", false);
    get("/secure/jobstats/alice/47/");  // her own

    BOOST_TEST(audit.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_job_has_one_spelling) {
    BOOST_TEST(get("/secure/jobstats/alice/0047/").status == 404);
    BOOST_TEST(get("/secure/jobstats/alice/47/").status == 200);

    BOOST_TEST(audit.kept.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_page_with_a_part_missing_is_kept_too) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/jobstats/alice/").status == 503);

    BOOST_TEST(audit.kept.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_site_can_switch_it_off) {
    site.audit.enabled = false;

    get("/secure/jobstats/alice/47/");

    BOOST_TEST(audit.kept.empty());
    BOOST_TEST(!views.last<views::JobPage>()->frame.recorded);
    sign_in("alice", false);
    BOOST_TEST(!summary().shows_looks);
}

BOOST_AUTO_TEST_CASE(people_see_who_looked) {
    for (const char* page :
         {"/secure/jobstats/alice/47/", "/secure/jobstats/alice/", "/secure/jobstats/alice/waste/",
          "/secure/jobstats/alice/array/48/", "/secure/jobstats/alice/name/"}) {
        portal_db.views.push_back(
            {clock.time, {"boss"}, {Subject::Kind::User, "alice"}, page, "id"});
    }
    portal_db.views.push_back({clock.time, {"boss"}, {Subject::Kind::User, "bob"}, "/x/", "id"});
    site.base_path = "/portal";
    sign_in("alice", false);

    const views::SummaryPage& page = summary();

    BOOST_TEST(page.shows_looks);
    BOOST_TEST_REQUIRE(page.looks.size() == 5U);
    BOOST_TEST(page.looks[0].viewer == "boss");
    BOOST_TEST(page.looks[0].page.id == "Job {0}");
    BOOST_TEST(page.looks[0].link == "/portal/secure/jobstats/alice/47/");
    BOOST_TEST(page.looks[1].page.id == "List of jobs");
    BOOST_TEST(page.looks[2].page.id == "What the jobs wasted");
    BOOST_TEST(page.looks[3].page.id == "Array {0}");
    BOOST_TEST(page.looks[3].page.arguments[0].text == "48");
    BOOST_TEST(page.looks[4].page.id == "Runs of one name");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_not_nothing) {
    sign_in("alice", false);
    BOOST_TEST(!summary().looks_unavailable);

    portal_db.away = SourceError{SourceId::Portal, Fault::Unreachable, ""};

    BOOST_TEST(summary().looks_unavailable);
}

BOOST_AUTO_TEST_CASE(a_site_without_a_database_or_that_does_not_want_it_shows_none) {
    sign_in("alice", false);
    site.audit.show_viewers = false;
    BOOST_TEST(!summary().shows_looks);

    site.audit.show_viewers = true;
    site.scripts.enabled = false;
    BOOST_TEST(!summary().shows_looks);
}

BOOST_AUTO_TEST_SUITE_END()
