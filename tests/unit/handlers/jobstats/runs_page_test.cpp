#include "handlers/jobstats/runs/runs_page.h"

#include <boost/test/unit_test.hpp>

#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/runs/past_run.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/summarize.h"
#include "tests/fakes/job_page_fixture.h"

namespace {

using namespace portal;
using database::Summary;

constexpr double kGib = kGibibyte;
constexpr double kHours = 2 * 3600;

struct RunsFixture : fakes::JobPageFixture {
    RunsFixture() {
        site.scripts.enabled = true;
        site.verdicts = usual_verdicts();
        slurm.jobs.clear();
        for (std::uint32_t number = 1; number <= 5; ++number) keep(number, kGib);
    }

    /// A run of train_NUMBER.sh, two hours on 4 cores and 16 GiB, that ended so many hours ago.
    Summary& keep(std::uint32_t number, double memory) {
        slurm::Job job = finished_job(number);
        const Seconds ago{3600L * number};
        job.name = "train_" + std::to_string(number) + ".sh";
        job.account = "def-smith";
        job.ended = clock.time - ago;
        job.started = *job.ended - Seconds{7200};
        job.submitted = *job.started - Seconds{60};
        slurm.jobs.push_back(job);
        const jobstats::JobRun run = jobstats::run_of(job, site, clock.time);
        jobstats::Measures measures;
        measures.cores = measures.cores_peak.emplace(3.9);
        measures.memory = measures.memory_rss = memory;
        measures.nodes = {{"nc1", 3.9, memory}};
        Summary one = jobstats::summarize({{run, measures, site}, {}, {}, "alice"}, clock.time);
        return portal_db.kept.rows[job.db_index] = one;
    }

    const views::RunsPage& page(const std::string& query = "name=train_77.sh") {
        const Response response = get("/secure/jobstats/alice/name/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::RunsPage>();
    }
    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(runs_page, RunsFixture)

BOOST_AUTO_TEST_CASE(shows_the_runs_of_a_name_whatever_its_digits) {
    const auto& shown = page();

    BOOST_TEST(shown.name == "train sh");
    BOOST_TEST(shown.account == "def-smith");
    BOOST_TEST_REQUIRE(shown.runs.size() == 5U);
    BOOST_TEST(shown.runs[0].number == "1");
    BOOST_TEST(shown.runs[0].link == "/secure/jobstats/alice/1/?attempt=1001");
    BOOST_TEST(std::get<double>(shown.runs[0].memory_share.value) == 0.0625);
    BOOST_TEST(std::get<double>(shown.runs[0].time_share.value) == 0.5);
    BOOST_TEST((shown.runs[0].state == JobState::Completed));
}

BOOST_AUTO_TEST_CASE(advises_in_the_lines_of_the_newest_script) {
    slurm.script_text = "#!/bin/sh\n#SBATCH --mem=16G\n";

    const auto& next = page().next_time;

    BOOST_TEST_REQUIRE(next.lines.size() == 1U);
    BOOST_TEST(next.lines[0].before == "#SBATCH --mem=16G");
    BOOST_TEST(next.lines[0].after == "#SBATCH --mem=2G");
    BOOST_TEST(next.of_newest);
    BOOST_TEST(next.history.empty());
    BOOST_TEST(next.basis.arguments.at(0).number == 5);
}

BOOST_AUTO_TEST_CASE(a_jobs_page_advises_from_them_all) {
    keep(3, 1.5 * kGib);

    get("/secure/jobstats/alice/1/");

    const views::NextTime& next = job().next_time;
    BOOST_TEST_REQUIRE(next.lines.size() == 1U);
    BOOST_TEST(next.lines[0].after == "#SBATCH --mem=3G");
    BOOST_TEST(next.basis.id == "From the newest {0} runs of “{1}”.");
    BOOST_TEST(next.history == "/secure/jobstats/alice/name/?name=train%20sh&account=def-smith");
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(a_job_without_advice_asks_for_no_other_runs) {
    keep(1, 15 * kGib);

    get("/secure/jobstats/alice/1/");

    BOOST_TEST(job().next_time.lines.empty());
    BOOST_TEST(portal_db.kept.asked == 1);  // its own summary
}

BOOST_AUTO_TEST_CASE(without_the_portals_database_a_job_is_advised_from_itself) {
    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    measured(3.9 * kHours, kGib);
    get("/secure/jobstats/alice/1/");
    BOOST_TEST(job().next_time.basis.empty());
    BOOST_TEST(get("/secure/jobstats/alice/name/", "name=train").status == 503);

    site.scripts.enabled = false;
    BOOST_TEST(get("/secure/jobstats/alice/name/", "name=train").status == 404);
    get("/secure/jobstats/alice/1/");
    BOOST_TEST(job().next_time.history.empty());
}

BOOST_AUTO_TEST_CASE(each_account_has_runs_of_its_own) {
    keep(6, kGib).account = "rrg-jones";

    BOOST_TEST(page().runs.size() == 5U);
    BOOST_TEST_REQUIRE(page().accounts.size() == 2U);
    BOOST_TEST(page().accounts[0].shown);
    const auto& other = page("name=train.sh&account=rrg-jones");
    BOOST_TEST(other.runs.size() == 1U);
    BOOST_TEST(other.accounts[1].shown);
    BOOST_TEST(page("name=train.sh&account=nobody").runs.empty());
    BOOST_TEST(page("name=other").runs.empty());
}

BOOST_AUTO_TEST_CASE(runs_that_failed_are_shown_and_advise_nothing) {
    for (auto& [row, summary] : portal_db.kept.rows) summary.state = 5;

    BOOST_TEST(page().runs.size() == 5U);
    BOOST_TEST(!page().measured);
    BOOST_TEST(page().next_time.lines.empty());
}

BOOST_AUTO_TEST_CASE(without_slurm_the_runs_remain) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Unreachable, ""};

    BOOST_TEST(page().runs.size() == 5U);
    BOOST_TEST(page().advice_missing);
}

BOOST_AUTO_TEST_CASE(an_address_without_a_name_leads_to_the_list_and_a_wrong_one_is_refused) {
    BOOST_TEST(get("/secure/jobstats/alice/name/").status == 302);
    BOOST_TEST(get("/secure/jobstats/alice/name/", "name=" + std::string(256, 'a')).status == 400);
    BOOST_TEST(get("/secure/jobstats/bob/name/", "name=train").status == 404);
}

BOOST_AUTO_TEST_CASE(a_row_comes_back_from_its_summary) {
    slurm::Job job = slurm.jobs[0];
    job.suspended = Seconds{600};
    job.array = JobId{47};
    job.array_task = 3;
    const jobstats::JobRun run = jobstats::run_of(job, site, clock.time);
    const Summary one = jobstats::summarize({{run, {}, site}, {}, {}, "alice"}, clock.time);

    const slurm::Job back = jobstats::job_of(one);

    BOOST_TEST(back.suspended.count() == 600);
    BOOST_TEST(job_number(back) == "47_3");
    BOOST_TEST((back.started == job.started && back.ended == job.ended));
    BOOST_TEST((back.state == job.state && back.time_limit == job.time_limit));
    BOOST_TEST(back.allocated.cores == job.allocated.cores);
    BOOST_TEST(back.allocated.memory.count == job.allocated.memory.count);
    BOOST_TEST((jobstats::run_of(back, site, clock.time).ran() == run.ran()));
}

BOOST_AUTO_TEST_CASE(a_stem_is_as_long_as_its_column) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "é";

    BOOST_TEST(jobstats::stem_of(name).size() == 128U);
}

BOOST_AUTO_TEST_SUITE_END()
