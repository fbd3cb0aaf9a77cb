#include "handlers/jobstats/files/file_use.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using namespace portal::jobstats;

struct FileFixture : fakes::PortalFixture {
    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};

    /// Of a job that ran for two hours, from what its run added up to.
    FileUse use(std::vector<prometheus::Series> amounts) {
        const JobRun run = run_of(finished_job(47), site, clock.time);
        metrics.otherwise = [&](const std::string&, const prometheus::Grid& grid) {
            return fakes::FakeMetrics::Answer(prometheus::SeriesSet{grid, std::move(amounts), {}});
        };
        return collect_files(ask_files(run, context), run, context).value();
    }
};

prometheus::Series operations(const std::string& name, double count) {
    return fakes::part("operations", {count}, {{"operation", name}});
}
prometheus::Series amount(const std::string& part, double count) {
    return fakes::part(part, {count}, {});
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(file_use, FileFixture)

BOOST_AUTO_TEST_CASE(amounts_of_the_run_are_means_a_second) {
    const FileUse found =
        use({operations("open", 72000), operations("unlink", 36000), operations("getattr", 7200),
             amount("reads", 720000), amount("bytes_read", 720000 * 4096.0), amount("writes", 0),
             amount("bytes_written", 0)});

    BOOST_TEST(found.operations.value() == 16);
    BOOST_TEST(found.opened.value() == 10);
    BOOST_TEST(found.deleted.value() == 5);
    BOOST_TEST(found.requests.value() == 100);
    BOOST_TEST(found.request_bytes.value() == 4096);
}

BOOST_AUTO_TEST_CASE(bytes_without_a_number_of_requests_say_nothing_of_their_size) {
    const FileUse none = use({amount("bytes_read", 1e12), amount("writes", 7200)});
    BOOST_TEST(!none.requests.has_value());
    BOOST_TEST(!none.request_bytes.has_value());

    const FileUse written = use({amount("bytes_read", 1e12), amount("writes", 7200),
                                 amount("bytes_written", 7200 * 512.0)});
    BOOST_TEST(written.requests.value() == 1);
    BOOST_TEST(written.request_bytes.value() == 512);
}

BOOST_AUTO_TEST_CASE(what_is_not_measured_is_not_zero) {
    const FileUse none = use({});
    BOOST_TEST(!none.operations.has_value());
    BOOST_TEST(!none.deleted.has_value());

    const FileUse gap = use({operations("unlink", prometheus::kGap), operations("open", 7200)});
    BOOST_TEST(gap.operations.value() == 1);
    BOOST_TEST(!gap.deleted.has_value());
}

BOOST_AUTO_TEST_CASE(all_of_it_is_one_question) {
    (void)use({});

    BOOST_TEST_REQUIRE(metrics.texts.size() == 1U);
    for (const char* name : {"lustre_job_stats_total{jobid=\"47\",component=\"mdt\"",
                             "lustre_job_read_samples_total", "lustre_job_write_samples_total"}) {
        BOOST_TEST(metrics.texts[0].find(name) != std::string::npos, metrics.texts[0]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
