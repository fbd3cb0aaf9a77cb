#include "handlers/sources/own/audit_spool.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "tests/fakes/fake_portal_db.h"

namespace {

using namespace portal;
using database::AuditSpool;
using database::Subject;
using database::View;
namespace fs = std::filesystem;

struct Fixture {
    Fixture() {
        std::string name = (fs::temp_directory_path() / "audit_spool_XXXXXX").string();
        BOOST_TEST_REQUIRE(mkdtemp(name.data()) != nullptr);
        above = name;
    }
    ~Fixture() { fs::remove_all(above); }

    [[nodiscard]] std::string folder() const { return (above / "audit").string(); }

    static View view(const std::string& page = "/secure/jobstats/alice/47/") {
        return {from_unix(1'750'000'000), {"boss"}, {Subject::Kind::User, "alice"}, page, "id-1"};
    }

    /// What is logged while `run` may open no file.
    std::string logged_without_files(const std::function<void()>& run) const {
        const std::string path = (above / "log").string();
        const int saved = dup(STDERR_FILENO);
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, STDERR_FILENO);
        close(file);
        rlimit usual{};
        getrlimit(RLIMIT_NOFILE, &usual);
        const rlimit none{.rlim_cur = 0, .rlim_max = usual.rlim_max};
        setrlimit(RLIMIT_NOFILE, &none);
        run();
        setrlimit(RLIMIT_NOFILE, &usual);
        dup2(saved, STDERR_FILENO);
        close(saved);
        std::ifstream log(path);
        return {std::istreambuf_iterator<char>(log), {}};
    }

    void db_away() { db.away = SourceError{SourceId::Portal, Fault::Unreachable, ""}; }

    fs::path above;
    fakes::FakePortalDb db;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audit_spool, Fixture)

BOOST_AUTO_TEST_CASE(a_view_arrives_in_the_database_as_it_was) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);
    View odd = view("/secure/cloudstats/project/a%20b/");
    odd.subject = {Subject::Kind::Project, "a b&c=\"d\"\n\xC3\xA9"};

    spool.keep(odd);

    BOOST_TEST(spool.waiting() == 1U);
    BOOST_TEST(spool.due());
    spool.drain(db);
    BOOST_TEST_REQUIRE(db.views.size() == 1U);
    BOOST_TEST((db.views[0].when == odd.when));
    BOOST_TEST(db.views[0].viewer.value == "boss");
    BOOST_TEST((db.views[0].subject == odd.subject));
    BOOST_TEST(db.views[0].page == odd.page);
    BOOST_TEST(db.views[0].request_id == "id-1");
    BOOST_TEST(spool.waiting() == 0U);
    BOOST_TEST(!spool.due());
}

BOOST_AUTO_TEST_CASE(the_log_names_the_fault_that_kept_a_view_from_its_file) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);

    const std::string log = logged_without_files([&] { spool.keep(view()); });

    BOOST_TEST(log.find("audit.no_spool") != std::string::npos);
    BOOST_TEST(log.find("Too many open files") != std::string::npos, log);
    BOOST_TEST(spool.waiting() == 1U);
}

BOOST_AUTO_TEST_CASE(the_same_page_in_ten_minutes_is_one_view) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);
    View later = view();
    later.when += View::kPeriod;

    spool.keep(view());
    spool.keep(view());
    spool.keep(view("/secure/jobstats/alice/48/"));
    spool.keep(later);

    BOOST_TEST(spool.waiting() == 3U);
}

BOOST_AUTO_TEST_CASE(views_wait_while_the_database_is_away_and_outlive_the_worker) {
    db_away();
    {
        AuditSpool spool(folder(), AuditSpool::Target::Database);
        spool.keep(view());
        spool.drain(db);
        BOOST_TEST(spool.waiting() == 1U);
    }
    AuditSpool next(folder(), AuditSpool::Target::Database);
    BOOST_TEST(next.waiting() == 1U);

    db.away.reset();
    next.drain(db);

    BOOST_TEST(db.views.size() == 1U);
    BOOST_TEST(next.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(without_a_folder_the_database_still_gets_it) {
    AuditSpool spool((above / "not" / "there").string(), AuditSpool::Target::Database);
    db_away();
    spool.keep(view());
    spool.drain(db);
    BOOST_TEST(spool.waiting() == 1U);

    db.away.reset();
    spool.drain(db);

    BOOST_TEST(db.views.size() == 1U);
    BOOST_TEST(spool.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_view_is_set_aside_and_holds_up_nothing) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);
    fs::create_directory(folder());
    std::ofstream(folder() + "/0.view") << "when=soon&viewer=";
    spool.keep(view());

    spool.drain(db);

    BOOST_TEST(db.views.size() == 1U);
    BOOST_TEST(fs::exists(folder() + "/0.view.unreadable"));
    BOOST_TEST(spool.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(what_a_killed_worker_wrote_and_did_not_name_is_stored) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);
    spool.keep(view());
    const fs::path named = fs::directory_iterator(folder())->path();
    const fs::path draft = fs::path(named).replace_extension(".new");
    fs::rename(named, draft);
    std::ofstream(folder() + "/1.new") << "when=1&viewer=boss&kind=user&subject=al";
    spool.drain(db);
    BOOST_TEST(db.views.empty(), "a draft of this moment is left alone");

    for (const auto& file : fs::directory_iterator(folder())) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes{2});
    }
    spool.drain(db);

    BOOST_TEST(db.views.size() == 1U);
    BOOST_TEST(fs::exists(folder() + "/1.view.unreadable"), "half a draft is no view");
}

BOOST_AUTO_TEST_CASE(a_proof_leaves_nothing_behind) {
    AuditSpool spool(folder(), AuditSpool::Target::Database);

    spool.prove();

    BOOST_TEST(fs::exists(folder()));
    BOOST_TEST(fs::is_empty(folder()));
    BOOST_TEST(spool.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(a_site_without_a_database_keeps_views_in_the_log_only) {
    AuditSpool spool(folder(), AuditSpool::Target::LogOnly);

    spool.keep(view());

    BOOST_TEST(spool.waiting() == 0U);
    BOOST_TEST(!spool.due());
    BOOST_TEST(!fs::exists(folder()));
}

BOOST_AUTO_TEST_SUITE_END()
