#include <boost/test/unit_test.hpp>
#include <set>
#include <stdexcept>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::part;
using views::Verdict;

const SourceError kPrometheusAway{SourceId::Prometheus, Fault::Timeout, "3 s"};
const SourceError kSlurmAway{SourceId::Slurm, Fault::Unreachable, "2002"};

struct JobPageFixture : fakes::PortalFixture {
    JobPageFixture() { slurm.jobs = {finished_job(47)}; }

    /// Answers the question about cores and memory.
    void measured(double core_seconds, double memory) {
        prometheus::SeriesSet set;
        set.series = {part("cores", {core_seconds * 1e9}), part("memory", {memory})};
        metrics.answers.insert_or_assign("slurm_job_memory_max", set);
    }

    /// Answers it with when its samples on each node began and ended, in seconds of the run; a node
    /// computes on 2 cores all the while.
    void measured_on(const std::vector<std::pair<double, double>>& nodes) {
        const double start = static_cast<double>(unix_seconds(*slurm.jobs[0].started));
        prometheus::SeriesSet set;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto& [first, last] = nodes[i];
            const std::vector<prometheus::Label> labels = {{"instance", "nc" + std::to_string(i)},
                                                           {"account", "def-a"}};
            set.series.push_back(part("cores", {(last - first) * 2e9}, labels));
            set.series.push_back(part("first", {-start - first}, labels));
            set.series.push_back(part("last", {start + last}, labels));
            set.series.push_back(part("present", {(last - first) / 36}, {labels[0]}));
        }
        set.series.push_back(part("memory", {1e9}));
        metrics.answers.insert_or_assign("slurm_job_memory_max", set);
    }

    /// Whether a question that names the metric has this part.
    bool asked(const std::string& metric, const std::string& text) const {
        return std::any_of(metrics.texts.begin(), metrics.texts.end(), [&](const auto& query) {
            return query.find(metric) != std::string::npos && query.find(text) != std::string::npos;
        });
    }

    const views::JobPage& page(const std::string& query = "") {
        const Response response = get("/secure/jobstats/alice/47/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return views.job.value();
    }

    const Verdict& verdict(Verdict::Measure measure) {
        for (const Verdict& candidate : views.job->verdicts) {
            if (candidate.measure == measure) return candidate;
        }
        throw std::runtime_error("no such verdict");
    }

    /// Stored at that time, or now.
    void upload(std::uint32_t id, const std::string& bytes, std::optional<Instant> time = {}) {
        const Instant stored = time.value_or(clock.time + Seconds{portal_db.rows.size()});
        portal_db.rows.push_back({{id}, bytes, "prolog", stored, stored});
    }

    bool says(const std::string& start) const {
        return std::any_of(views.job->notices.begin(), views.job->notices.end(),
                           [&](const views::Notice& n) { return n.text.id.starts_with(start); });
    }
};

double number_of(const views::Reading& reading) {
    return std::get<double>(reading);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_page, JobPageFixture)

BOOST_AUTO_TEST_CASE(cores_are_the_mean_over_the_run) {
    measured(4 * 7200 * 0.5, 1e9);

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 2.0);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).share.value) == 0.5);
}

BOOST_AUTO_TEST_CASE(suspended_time_is_neither_use_nor_waste) {
    slurm.jobs[0].time_limit = Seconds{36'000};
    slurm.jobs[0].submitted = *slurm.jobs[0].ended - Seconds{9 * 3600};
    slurm.jobs[0].started = slurm.jobs[0].submitted;
    slurm.jobs[0].suspended = Seconds{6 * 3600};
    measured(4.0 * 3 * 3600, 1e9);

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Time).share.value) == 0.3);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 4.0);
    BOOST_TEST(number_of(views.job->cost.hardware) == 4 * 3 * 0.003);
    BOOST_TEST(!says("It used {0} of its {1} cores"));
}

BOOST_AUTO_TEST_CASE(suspended_time_is_no_waste_by_slurms_own_count_either) {
    slurm.jobs[0].submitted = *slurm.jobs[0].ended - Seconds{9 * 3600};
    slurm.jobs[0].started = slurm.jobs[0].submitted;
    slurm.jobs[0].suspended = Seconds{6 * 3600};
    slurm::Job other = slurm.jobs[0];
    other.db_index = 5;
    slurm.jobs.push_back(other);
    slurm.steps[1047] = slurm.steps[5] = {Seconds{4 * 3 * 3600}, {}};

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 4.0);
    BOOST_TEST(number_of(views.job->attempts.at(1).cores_share.value) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_changed_label_counts_nothing_twice) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};

    page();

    for (const char* metric : {"slurm_job_memory_max{", "slurm_job_memory_rss{"}) {
        BOOST_TEST(asked(metric, std::string("sum(max by (instance) (max_over_time(") + metric));
    }
    for (const char* metric : {"slurm_job_memory_usage_gpu{", "slurm_job_memory_total_gpu{"}) {
        BOOST_TEST(
            asked(metric, std::string("sum(max by (instance,gpu) (max_over_time(") + metric));
    }
    for (const char* metric : {"slurm_job_utilization_gpu{", "slurm_job_power_gpu{"}) {
        BOOST_TEST(asked(metric, std::string("sum by (instance,gpu) (sum_over_time(") + metric));
    }
    const std::string once = "count by (instance) (count by (instance,";
    BOOST_TEST(asked("job_cores", once + "core) (present_over_time(slurm_job_core_usage_total{"));
    BOOST_TEST(asked("job_gpus", once + "gpu) (present_over_time(slurm_job_power_gpu{"));
    BOOST_TEST(asked("job_gpus", "sum by (instance) (max by (instance,gpu) ("));
}

BOOST_AUTO_TEST_CASE(a_run_that_was_measured_in_part_takes_slurms_own_count) {
    slurm.jobs[0].allocated.cores = 2;
    slurm.steps[1047] = {Seconds{2 * 7200}, Bytes{std::uint64_t{8} << 30U}};
    measured_on({{5400, 7200}});

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 2.0);
    BOOST_TEST(verdict(Verdict::Measure::Cores).from_steps);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Memory).share.value) == 0.5);
    BOOST_TEST(says("Only {0} of the run was measured. What cores"));
}

BOOST_AUTO_TEST_CASE(no_advice_comes_from_a_part_of_a_running_job) {
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 8;
    slurm.jobs[0].nodes = {"nc0", "nc1"};
    slurm.jobs[0].ended.reset();
    clock.time = *slurm.jobs[0].started + Seconds{7200};
    measured_on({{10, 7190}});

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 4.0,
               boost::test_tools::tolerance(0.01));
    BOOST_TEST((verdict(Verdict::Measure::Cores).share.grade == views::Grade::Unknown));
    BOOST_TEST((verdict(Verdict::Measure::Memory).share.grade == views::Grade::Unknown));
    BOOST_TEST((views.job->resources.at(2).share.grade == views::Grade::Unknown));
    BOOST_TEST(says("Only {0} of the run was measured: "));
    BOOST_TEST(!says("It used"));
}

BOOST_AUTO_TEST_CASE(a_job_of_a_few_scrapes_is_measured_whole) {
    slurm.jobs[0].started = *slurm.jobs[0].ended - Seconds{100};
    slurm.jobs[0].allocated.cores = 2;
    measured_on({{29, 89}});

    page();

    BOOST_TEST((verdict(Verdict::Measure::Cores).share.grade != views::Grade::Unknown));
    BOOST_TEST(!says("Only {0} of the run"));
}

BOOST_AUTO_TEST_CASE(gpus_nobody_saw_are_not_idle) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    prometheus::SeriesSet set;
    set.series = {part("cycles", {2 * 30.0}), part("count", {2}), part("memory", {1e9})};
    metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Gpu).used) == 0.3);
    BOOST_TEST((verdict(Verdict::Measure::Gpu).share.grade == views::Grade::Unknown));
    BOOST_TEST((verdict(Verdict::Measure::GpuMemory).share.grade == views::Grade::Unknown));
    BOOST_TEST(says("Only {0} of the run was measured: "));
}

BOOST_AUTO_TEST_CASE(memory_is_graded_and_told_against_what_the_job_had) {
    slurm.jobs[0].requested.memory = {std::uint64_t{4} << 30U};
    slurm.jobs[0].allocated.memory = {std::uint64_t{8} << 30U};
    measured(7200, 6.0 * (1 << 30));

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Memory).share.value) == 0.75);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Memory).asked) == 8.0 * (1 << 30));
}

BOOST_AUTO_TEST_CASE(memory_nobody_counted_is_no_reference) {
    slurm.jobs[0].requested.memory = slurm.jobs[0].allocated.memory = {};
    measured(7200, 1e9);

    page();

    BOOST_TEST(std::holds_alternative<views::NoData>(verdict(Verdict::Measure::Memory).asked));
    BOOST_TEST(
        std::holds_alternative<views::NoData>(verdict(Verdict::Measure::Memory).share.value));
}

BOOST_AUTO_TEST_CASE(a_resized_job_is_measured_from_its_resize) {
    slurm::Job& now = slurm.jobs[0];
    slurm::Job before = now;
    now.submitted = *now.started + Seconds{3600};
    before.db_index = 5;
    before.state = slurm::JobState::Resized;
    before.ended = now.submitted;
    slurm.jobs.push_back(before);
    slurm.steps[1047] = {Seconds{4 * 3600}, {}};
    measured(4 * 3600, 1e9);

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 4.0);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Time).used) == 7200.0);
    BOOST_TEST(number_of(views.job->resources.at(0).used) == 7200.0);
    BOOST_TEST(number_of(views.job->attempts.at(0).cores_share.value) == 1.0);
    BOOST_TEST(asked("slurm_job_memory_max", "[3600s]"));
}

BOOST_AUTO_TEST_CASE(without_power_the_hardware_is_the_internal_cost) {
    site.exporters.power.enabled = false;
    site.cost.co2_kg_per_mwh = site.cost.car_km_per_kwh = 1;

    page();

    const views::CostTable& cost = views.job->cost;
    BOOST_TEST(cost.shown);
    BOOST_TEST((!cost.energy_enabled && !cost.electricity_enabled && !cost.cooling_enabled));
    BOOST_TEST((!cost.co2_enabled && !cost.car_enabled));
    BOOST_TEST(cost.hardware_enabled);
    BOOST_TEST(number_of(cost.total) == number_of(cost.hardware));
}

BOOST_AUTO_TEST_CASE(a_price_that_is_not_there_has_no_row_though_energy_is_missing) {
    page();

    BOOST_TEST(views.job->cost.electricity_enabled);
    BOOST_TEST(!views.job->cost.cooling_enabled);
}

BOOST_AUTO_TEST_CASE(a_site_that_cannot_tell_the_power_of_gpus_shows_none_of_gpu_jobs) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    site.exporters.gpu.enabled = false;

    page();

    BOOST_TEST(!views.job->cost.energy_enabled);
    BOOST_TEST((views.job->verdicts.back().measure == Verdict::Measure::GpuMemory));
    BOOST_TEST(!asked("redfish_chassis_power", ""));
}

BOOST_AUTO_TEST_CASE(without_graphs_nothing_links_to_one) {
    slurm.jobs[0].state = slurm::JobState::OutOfMemory;
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{40};

    page();

    for (const Verdict& tile : views.job->verdicts) BOOST_TEST(tile.anchor.empty());
    for (const views::Notice& notice : views.job->notices) BOOST_TEST(notice.anchor.empty());
}

BOOST_AUTO_TEST_CASE(shows_unavailable_when_prometheus_is_down) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return fakes::FakeMetrics::Answer(kPrometheusAway);
    };

    page();

    BOOST_TEST(std::holds_alternative<views::Unavailable>(verdict(Verdict::Measure::Memory).used));
    BOOST_TEST(says("Measurements are not available"));
}

BOOST_AUTO_TEST_CASE(nothing_measured_is_no_data_and_not_zero) {
    page();

    BOOST_TEST(std::holds_alternative<views::NoData>(verdict(Verdict::Measure::Cores).used));
    BOOST_TEST(std::holds_alternative<views::NoData>(views.job->cost.kwh));
    BOOST_TEST(says("No measurements reached us"));
}

BOOST_AUTO_TEST_CASE(a_blind_exporter_falls_back_to_slurms_steps) {
    slurm.steps[1047] = {Seconds{7200}, Bytes{std::uint64_t{8} << 30U}};

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Cores).used) == 1.0);
    BOOST_TEST(verdict(Verdict::Measure::Cores).from_steps);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Memory).share.value) == 0.5);
}

BOOST_AUTO_TEST_CASE(a_job_older_than_the_samples_asks_prometheus_nothing) {
    slurm.jobs[0].ended = clock.time - site.retention - Seconds{3600};
    slurm.jobs[0].started = *slurm.jobs[0].ended - Seconds{7200};

    page();

    BOOST_TEST(metrics.texts.empty());
    BOOST_TEST(says("Measurements are kept for"));
    BOOST_TEST(views.job->sections.empty());
}

BOOST_AUTO_TEST_CASE(a_job_shorter_than_two_scrapes_says_so) {
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{40};

    page();

    BOOST_TEST(metrics.texts.empty());
    BOOST_TEST(says("The job was too short"));
}

BOOST_AUTO_TEST_CASE(a_job_that_never_started_has_no_verdict_and_no_graphs) {
    slurm.jobs[0].state = slurm::JobState::Cancelled;
    slurm.jobs[0].started.reset();

    page();

    BOOST_TEST(views.job->verdicts.empty());
    BOOST_TEST(views.job->sections.empty());
    BOOST_TEST(views.job->state_text.id == "It was cancelled before it started.");
}

BOOST_AUTO_TEST_CASE(a_requeued_job_shows_its_newest_attempt_and_lists_all) {
    slurm::Job old = finished_job(47);
    old.db_index = 5;
    old.state = slurm::JobState::Requeued;
    slurm.jobs.push_back(old);

    BOOST_TEST((page().state == views::State::Completed));
    BOOST_TEST(views.job->attempts.size() == 2U);
    BOOST_TEST((page("attempt=5").state == views::State::Requeued));
    BOOST_TEST(get("/secure/jobstats/alice/47/", "attempt=6").status == 404);
}

BOOST_AUTO_TEST_CASE(gpu_percentages_cannot_pass_a_hundred) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    prometheus::SeriesSet set;
    set.series = {part("cycles", {399.9}), part("count", {4}), part("memory", {160.0 * (1 << 30)}),
                  part("total", {160.0 * (1 << 30)}), part("power", {4 * 420'000.0})};
    metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);

    page();

    BOOST_TEST(number_of(verdict(Verdict::Measure::Gpu).used) <= 1.0);
    BOOST_TEST(number_of(verdict(Verdict::Measure::Gpu).used) > 0.99);
    BOOST_TEST(number_of(verdict(Verdict::Measure::GpuMemory).share.value) == 1.0);
    BOOST_TEST(number_of(views.job->resources.back().used) == 1680.0);
    BOOST_TEST(number_of(views.job->resources.back().share.value) == 1.0);
}

BOOST_AUTO_TEST_CASE(hardware_costs_need_no_power_samples) {
    page();

    BOOST_TEST(number_of(views.job->cost.hardware) == 4 * 2 * 0.003);
    BOOST_TEST(std::holds_alternative<views::NoData>(views.job->cost.electricity));
}

BOOST_AUTO_TEST_CASE(a_gpu_job_asks_at_most_eighteen_queries_with_all_its_graphs) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    page();
    std::set<std::string> urls;
    for (const auto& section : views.job->sections) {
        for (const auto& chart : section.charts) urls.insert(chart.src);
    }

    for (const std::string& url : urls) BOOST_TEST(get(url).status == 200, url);

    BOOST_TEST(urls.size() >= 7U);
    BOOST_TEST(metrics.texts.size() <= 18U);
}

BOOST_AUTO_TEST_CASE(slurm_away_is_a_503_that_names_it) {
    slurm.away = kSlurmAway;

    const Response response = get("/secure/jobstats/alice/47/");

    BOOST_TEST(response.status == 503);
    BOOST_TEST((views.error->missing == SourceId::Slurm));
    BOOST_TEST(!fakes::header(response, "Retry-After").empty());
}

BOOST_AUTO_TEST_CASE(a_state_nobody_knows_is_shown_with_its_number) {
    slurm.jobs[0].state = slurm::JobState::Unknown;
    slurm.jobs[0].state_number = 77;

    page();

    BOOST_TEST((views.job->state == views::State::Unknown));
    BOOST_TEST(views.job->state_number == 77U);
}

BOOST_AUTO_TEST_CASE(the_script_keeps_its_white_space) {
    slurm.script_text = "#!/bin/bash\n\n  srun\tx\r\n<b>\xff";

    page();

    const std::vector<std::string> expected = {"#!/bin/bash", "", "  srun\tx", "<b>\xEF\xBF\xBD"};
    BOOST_TEST(views.job->script.lines == expected);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body == *slurm.script_text);
}

BOOST_AUTO_TEST_CASE(the_uploaded_script_wins_over_slurms) {
    slurm.script_text = "from slurm";
    upload(47, "uploaded \xff");

    page();

    BOOST_TEST(views.job->script.lines == std::vector<std::string>{"uploaded \xEF\xBF\xBD"});
    BOOST_TEST(views.job->script.versions.empty());
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body == "uploaded \xff");
}

BOOST_AUTO_TEST_CASE(a_script_of_a_million_lines_is_no_page_of_them) {
    upload(47, std::string(1'000'000, '\n'));

    page();

    BOOST_TEST(views.job->script.lines.size() == 5000U);
    BOOST_TEST(views.job->script.cut);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").body.size() == 1'000'000U);
}

BOOST_AUTO_TEST_CASE(every_version_of_the_script_can_be_seen) {
    upload(47, "first");
    upload(47, "second");

    page();

    const auto& versions = views.job->script.versions;
    BOOST_TEST(views.job->script.lines.at(0) == "second");
    BOOST_TEST_REQUIRE(versions.size() == 2U);
    BOOST_TEST(versions[0].shown);
    BOOST_TEST(versions[1].link == "/secure/jobstats/alice/47/?script=1#script");
    page("script=1");
    BOOST_TEST(views.job->script.lines.at(0) == "first");
    BOOST_TEST(views.job->script.open);
    BOOST_TEST(get("/secure/jobstats/alice/47/script", "script=1").body == "first");
    for (const char* wrong : {"script=0", "script=3", "script=x", "script="}) {
        BOOST_TEST(get("/secure/jobstats/alice/47/", wrong).status == 404, wrong);
    }
}

BOOST_AUTO_TEST_CASE(versions_of_one_second_keep_their_order) {
    for (const char* text : {"first", "second", "third"}) upload(47, text, clock.time);

    page();
    BOOST_TEST(views.job->script.lines.at(0) == "third");
    page("script=1");
    BOOST_TEST(views.job->script.lines.at(0) == "first");
}

BOOST_AUTO_TEST_CASE(an_earlier_attempt_shows_the_script_it_ran) {
    slurm::Job before = finished_job(47);
    before.db_index = 5;
    before.ended = clock.time - Seconds{7200};
    slurm.jobs.push_back(before);
    upload(47, "first", clock.time - Seconds{9000});
    upload(47, "second", clock.time - Seconds{5000});

    page("attempt=5");
    BOOST_TEST(views.job->script.lines.at(0) == "first");
    page();
    BOOST_TEST(views.job->script.lines.at(0) == "second");
}

BOOST_AUTO_TEST_CASE(a_task_shows_the_script_of_its_array) {
    slurm.jobs[0].array = JobId{40};
    slurm.jobs[0].array_task = 7;
    upload(40, "of the array");

    page();
    BOOST_TEST(views.job->script.lines.at(0) == "of the array");
    upload(47, "of the task");
    page();
    BOOST_TEST(views.job->script.lines.at(0) == "of the task");
}

BOOST_AUTO_TEST_CASE(a_component_shows_the_script_of_its_het_job) {
    slurm.jobs[0].het_job = JobId{46};
    slurm.jobs[0].het_offset = 1;
    upload(47, "of the component");
    upload(46, "of the het job");

    page();

    BOOST_TEST(views.job->script.lines.at(0) == "of the het job");
}

BOOST_AUTO_TEST_CASE(a_script_of_an_earlier_job_with_that_number_is_somebody_elses) {
    upload(47, "secret", slurm.jobs[0].submitted - Seconds{86400});

    page();

    BOOST_TEST(!views.job->script.available);
    BOOST_TEST(get("/secure/jobstats/alice/47/script").status == 404);
}

BOOST_AUTO_TEST_CASE(a_script_of_a_later_job_with_that_number_is_somebody_elses) {
    slurm.jobs[0].ended = clock.time - Seconds{30 * 86400};
    slurm.jobs[0].submitted = clock.time - Seconds{40 * 86400};
    slurm::Job later = finished_job(47);
    later.owner = {1002};
    slurm.jobs.insert(slurm.jobs.begin(), later);
    upload(47, "mine", clock.time - Seconds{40 * 86400});
    upload(47, "secret", clock.time);

    page();

    BOOST_TEST(views.job->script.lines.at(0) == "mine");
    BOOST_TEST(views.job->script.versions.empty());
}

BOOST_AUTO_TEST_CASE(a_script_that_comes_late_is_shown_while_the_number_is_nobody_elses) {
    slurm.jobs[0].ended = clock.time - Seconds{30 * 86400};
    slurm.jobs[0].submitted = clock.time - Seconds{40 * 86400};
    upload(47, "late");

    page();

    BOOST_TEST(views.job->script.lines.at(0) == "late");
}

BOOST_AUTO_TEST_CASE(without_the_portals_database_slurms_script_is_shown) {
    portal_db.away = SourceError{SourceId::Portal, Fault::Timeout, "3 s"};
    slurm.script_text = "from slurm";

    page();
    BOOST_TEST(views.job->script.lines.at(0) == "from slurm");
    slurm.script_text.reset();
    page();
    BOOST_TEST((views.job->script.missing == SourceId::Portal));
    BOOST_TEST(!views.job->script.available);
}

BOOST_AUTO_TEST_SUITE_END()
