#include "handlers/jobstats/user/job_export.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using jobstats::JobFile;

constexpr long kCells = 20;

struct ExportFixture : fakes::PortalFixture {
    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};

    void add_jobs(std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            slurm::Job one = finished_job(count - i);
            one.started = clock.time - Seconds{10'000 + 10 * i};
            slurm.jobs.push_back(one);
        }
    }
    JobFile file(std::uint32_t most) { return {{{1001}, {}}, {}, LiveUses{}, most, context}; }
    /// The whole text of an answer.
    static std::string whole(const Response& response) {
        std::string text = response.body;
        if (!response.more) return text;
        for (std::string part = response.more(); !part.empty(); part = response.more()) {
            text += part;
        }
        return text;
    }
};

std::ptrdiff_t lines(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_export, ExportFixture)

BOOST_AUTO_TEST_CASE(a_sorted_list_is_a_file_with_what_was_used) {
    site.scripts.enabled = true;
    for (std::uint32_t row = 1; row <= 1500; ++row) {
        database::Summary kept;
        kept.job_db_inx = kept.id_job = row;
        kept.name = "=1+1";
        kept.time_end = 1'750'000'000;
        kept.state = 3;
        kept.energy_j = 7.2e6;
        portal_db.kept.rows[row] = kept;
    }

    const std::string text = whole(get("/secure/jobstats/alice/jobs.csv", "sort=energy"));

    BOOST_TEST(lines(text) == 1502);
    BOOST_TEST(text.find("\"jobs that ended since 2025-03-17T") != std::string::npos);
    BOOST_TEST(text.find("\r\n\"1\",\"'=1+1\",\"\",\"\",COMPLETED,") != std::string::npos);
    BOOST_TEST(text.find(",2,,,,,\r\n") != std::string::npos);
    BOOST_TEST((portal_db.kept.rankings.front().rank == database::Rank::Energy));
}

BOOST_AUTO_TEST_CASE(a_job_is_a_row_in_utc_with_units_in_the_heads) {
    slurm.jobs = {finished_job(47)};
    slurm.jobs[0].name = "=cmd|' /C calc'!A0";
    slurm.steps[slurm.jobs[0].db_index] = {Seconds{1234}, Bytes{5678}, {}};

    const Response response = get("/secure/jobstats/alice/jobs.csv");

    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.content_type == "text/csv; charset=utf-8");
    BOOST_TEST(fakes::header(response, "Content-Disposition") ==
               "attachment; filename=\"jobs-alice-2025-06-15.csv\"");
    const std::string text = whole(response);
    BOOST_TEST(text.starts_with("\xEF\xBB\xBF\"job\",\"name\",\"account\","));
    BOOST_TEST(text.find(",\"run time [s]\",\"time limit [s]\",") != std::string::npos);
    BOOST_TEST(text.ends_with("\r\n\"47\",\"'=cmd|' /C calc'!A0\",\"\",\"\",COMPLETED,"
                              "2025-06-15T11:06:40Z,2025-06-15T11:06:40Z,2025-06-15T12:06:40Z,"
                              "2025-06-15T14:06:40Z,7200,14400,1,4,17179869184,0,\"\",1234,5678,"
                              "0,0\r\n"),
               text);
}

BOOST_AUTO_TEST_CASE(a_long_file_comes_in_parts_that_hold_each_job_once) {
    add_jobs(2500);

    const Response response = get("/secure/jobstats/alice/jobs.csv");

    BOOST_TEST(lines(response.body) == 1001);
    BOOST_TEST(lines(whole(response)) == 2501);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_cut_says_so_in_its_last_row) {
    add_jobs(5);
    JobFile cut = file(4);
    JobFile whole_file = file(5);

    BOOST_TEST(lines(cut.begin().value()) == 5);
    const std::string last = cut.go_on();
    BOOST_TEST(last.starts_with("\"cut: "), last);
    BOOST_TEST(std::count(last.begin(), last.end(), ',') == kCells - 1);
    BOOST_TEST(cut.go_on().empty());
    BOOST_TEST(lines(whole_file.begin().value()) == 6);
    BOOST_TEST(whole_file.go_on().empty());
}

BOOST_AUTO_TEST_CASE(a_database_that_goes_away_halfway_is_told_in_the_file) {
    add_jobs(1500);
    JobFile begun = file(2000);

    BOOST_TEST(lines(begun.begin().value()) == 1001);
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};
    BOOST_TEST(begun.go_on().starts_with("\"incomplete: "));
    BOOST_TEST(begun.go_on().empty());
}

BOOST_AUTO_TEST_CASE(a_database_that_is_away_is_a_503) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/jobstats/alice/jobs.csv").status == 503);
}

BOOST_AUTO_TEST_CASE(others_have_no_file_of_it_and_staff_who_look_are_recorded) {
    site.audit.enabled = true;
    slurm.jobs = {finished_job(47)};

    sign_in("bob", false);
    BOOST_TEST(get("/secure/jobstats/alice/jobs.csv").status == 404);
    sign_in("boss", true);
    BOOST_TEST(get("/secure/jobstats/alice/jobs.csv").status == 200);
    BOOST_TEST_REQUIRE(audit.kept.size() == 1U);
    BOOST_TEST(audit.kept[0].page == "/secure/jobstats/alice/");
}

BOOST_AUTO_TEST_CASE(the_wasteful_ones_alone) {
    site.verdicts = usual_verdicts();
    add_jobs(3);
    for (slurm::Job& job : slurm.jobs) {
        job.allocated.cores = 32;
        const bool wastes = job.id.value == 2;
        const Seconds ran = *job.ended - *job.started;
        slurm.steps[job.db_index] = {wastes ? ran : ran * 31, {}, {}};
    }

    const std::string text = whole(get("/secure/jobstats/alice/jobs.csv", "verdict=wasteful"));
    BOOST_TEST(lines(text) == 2);
    BOOST_TEST(text.find("\r\n\"2\",") != std::string::npos);

    BOOST_TEST(get("/secure/jobstats/alice/", "verdict=wasteful").status == 200);
    const auto& page = *views.last<views::UserPage>();
    BOOST_TEST_REQUIRE(page.jobs.size() == 1U);
    BOOST_TEST(page.jobs[0].rows[0].number == "2");
    BOOST_TEST(page.next_link.empty());
}

BOOST_AUTO_TEST_SUITE_END()
