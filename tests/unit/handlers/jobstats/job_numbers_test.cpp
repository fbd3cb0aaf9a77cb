// What the job page says of a job's use, energy and cost, and what it advises.
#include <boost/test/unit_test.hpp>

#include "handlers/jobstats/job/notices.h"
#include "tests/fakes/job_page_fixture.h"

namespace {

using namespace portal;
using fakes::JobPageFixture;
using fakes::number_of;
using fakes::part;
using views::CostRow;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_numbers, JobPageFixture)

BOOST_AUTO_TEST_CASE(suspended_time_is_neither_use_nor_waste) {
    slurm.jobs[0].time_limit = Seconds{36'000};
    slurm.jobs[0].submitted = *slurm.jobs[0].ended - Seconds{9 * 3600};
    slurm.jobs[0].started = slurm.jobs[0].submitted;
    slurm.jobs[0].suspended = Seconds{6 * 3600};
    measured(4.0 * 3 * 3600, 1e9);

    page();

    BOOST_TEST(number_of(verdict("time").share.value) == 0.3);
    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(number_of(cost(CostRow::Kind::Hardware)->amount) == 4 * 3 * 0.003);
    BOOST_TEST(!says("It used {0} of its {1} cores"));
}

BOOST_AUTO_TEST_CASE(suspended_time_is_no_waste_by_slurms_own_count_either) {
    slurm.jobs[0].submitted = *slurm.jobs[0].ended - Seconds{9 * 3600};
    slurm.jobs[0].started = slurm.jobs[0].submitted;
    slurm.jobs[0].suspended = Seconds{6 * 3600};
    slurm::Job other = slurm.jobs[0];
    other.db_index = 5;
    other.submitted -= Seconds{10 * 3600};
    other.started = *other.started - Seconds{10 * 3600};
    other.ended = *other.ended - Seconds{10 * 3600};
    slurm.jobs.push_back(other);
    slurm.steps[1047] = slurm.steps[5] = {Seconds{4 * 3 * 3600}, {}};

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(number_of(job().attempts.at(1).cores_share.value) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_changed_label_counts_nothing_twice) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};

    page();

    for (const char* metric : {"slurm_job_memory_max{", "slurm_job_memory_rss{"}) {
        BOOST_TEST(asked(metric, std::string("max by (instance) (max_over_time(") + metric));
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

    BOOST_TEST(number_of(verdict("cores").used) == 2.0);
    BOOST_TEST(verdict("cores").from_steps);
    BOOST_TEST(number_of(verdict("memory").share.value) == 0.5);
    BOOST_TEST(says("Only {0} of the run was measured. The figures for"));
}

BOOST_AUTO_TEST_CASE(no_advice_comes_from_a_part_of_a_running_job) {
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 8;
    slurm.jobs[0].nodes = {"nc0", "nc1"};
    slurm.jobs[0].ended.reset();
    clock.time = *slurm.jobs[0].started + Seconds{7200};
    measured_on({{10, 7190}});

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0, boost::test_tools::tolerance(0.01));
    BOOST_TEST((verdict("cores").share.grade == views::Grade::Unknown));
    BOOST_TEST((verdict("memory").share.grade == views::Grade::Unknown));
    BOOST_TEST((job().resources.at(2).share.grade == views::Grade::Unknown));
    BOOST_TEST(says("Only {0} of the run was measured. The figures cover"));
    BOOST_TEST(!says("It used"));
}

BOOST_AUTO_TEST_CASE(a_job_of_a_few_scrapes_is_measured_whole) {
    slurm.jobs[0].started = *slurm.jobs[0].ended - Seconds{100};
    slurm.jobs[0].allocated.cores = 2;
    measured_on({{29, 89}});

    page();

    BOOST_TEST((verdict("cores").share.grade != views::Grade::Unknown));
    BOOST_TEST(!says("Only {0} of the run"));
}

BOOST_AUTO_TEST_CASE(gpus_nobody_saw_are_not_idle) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    prometheus::SeriesSet set;
    set.series = {part("cycles", {2 * 30.0}), part("count", {2}), part("memory", {1e9})};
    metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.3);
    BOOST_TEST((verdict("gpu").share.grade == views::Grade::Unknown));
    BOOST_TEST((verdict("gpu_memory").share.grade == views::Grade::Unknown));
    BOOST_TEST(says("Only {0} of the run was measured. The figures cover"));
}

BOOST_AUTO_TEST_CASE(memory_is_graded_and_told_against_what_the_job_had) {
    slurm.jobs[0].requested.memory = {std::uint64_t{4} << 30U};
    slurm.jobs[0].allocated.memory = {std::uint64_t{8} << 30U};
    measured(7200, 6.0 * (1 << 30));

    page();

    BOOST_TEST(number_of(verdict("memory").share.value) == 0.75);
    BOOST_TEST(number_of(verdict("memory").whole) == 8.0 * (1 << 30));
}

BOOST_AUTO_TEST_CASE(memory_nobody_counted_is_no_reference) {
    slurm.jobs[0].requested.memory = slurm.jobs[0].allocated.memory = {};
    measured(7200, 1e9);

    page();

    BOOST_TEST(std::holds_alternative<NoData>(verdict("memory").whole));
    BOOST_TEST(std::holds_alternative<NoData>(verdict("memory").share.value));
}

BOOST_AUTO_TEST_CASE(a_resized_job_is_measured_from_its_resize) {
    slurm::Job& now = slurm.jobs[0];
    slurm::Job before = now;
    now.submitted = *now.started + Seconds{3600};
    before.db_index = 5;
    before.state = JobState::Resized;
    before.ended = now.submitted;
    slurm.jobs.push_back(before);
    slurm.steps[1047] = {Seconds{4 * 3600}, {}};
    measured(4 * 3600, 1e9);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(number_of(verdict("time").used) == 7200.0);
    BOOST_TEST(number_of(job().resources.at(0).used.value()) == 7200.0);
    BOOST_TEST(number_of(job().attempts.at(0).cores_share.value) == 1.0);
    BOOST_TEST(asked("slurm_job_memory_max", "[3600s]"));
}

BOOST_AUTO_TEST_CASE(without_power_the_hardware_is_the_internal_cost) {
    site.exporters.power.enabled = false;
    site.cost.co2_kg_per_mwh = site.cost.car_km_per_kwh = 1;

    page();

    for (const auto kind : {CostRow::Kind::Energy, CostRow::Kind::Electricity,
                            CostRow::Kind::Cooling, CostRow::Kind::Co2, CostRow::Kind::CarRange}) {
        BOOST_TEST(cost(kind) == nullptr);
    }
    BOOST_TEST_REQUIRE(cost(CostRow::Kind::Internal) != nullptr);
    BOOST_TEST_REQUIRE(cost(CostRow::Kind::Hardware) != nullptr);
    BOOST_TEST(number_of(cost(CostRow::Kind::Internal)->amount) ==
               number_of(cost(CostRow::Kind::Hardware)->amount));
}

BOOST_AUTO_TEST_CASE(a_price_that_is_not_there_has_no_row_though_energy_is_missing) {
    page();

    BOOST_TEST(cost(CostRow::Kind::Electricity) != nullptr);
    BOOST_TEST(cost(CostRow::Kind::Cooling) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_site_that_cannot_tell_the_power_of_gpus_shows_none_of_gpu_jobs) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};
    site.exporters.gpu.enabled = false;

    page();

    BOOST_TEST(cost(CostRow::Kind::Energy) == nullptr);
    BOOST_TEST((job().verdicts.back().key == "gpu_memory"));
    BOOST_TEST(!asked("redfish_chassis_power", ""));
}

BOOST_AUTO_TEST_CASE(without_graphs_nothing_links_to_one) {
    slurm.jobs[0].state = JobState::OutOfMemory;
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{40};

    page();

    for (const views::Verdict& tile : job().verdicts) BOOST_TEST(tile.anchor.empty());
    for (const views::Notice& notice : job().notices) BOOST_TEST(notice.anchor.empty());
}

BOOST_AUTO_TEST_CASE(a_kernel_without_a_peak_has_the_largest_sample) {
    page();

    BOOST_TEST(asked("slurm_job_memory_max{",
                     " or max by (instance) (max_over_time(slurm_job_memory_usage{"));
}

BOOST_AUTO_TEST_CASE(memory_comes_from_slurm_where_only_cores_were_measured) {
    slurm.steps[1047] = {Seconds{60}, Bytes{std::uint64_t{8} << 30U}};
    prometheus::SeriesSet set;
    set.series = {part("cores", {4 * 7200 * 1e9})};
    metrics.answers.insert_or_assign("slurm_job_memory_max", set);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(!verdict("cores").from_steps);
    BOOST_TEST(number_of(verdict("memory").share.value) == 0.5);
    BOOST_TEST(verdict("memory").from_steps);
}

BOOST_AUTO_TEST_CASE(a_part_of_a_card_is_not_given_the_power_of_the_whole) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {7, "a100"};
    prometheus::SeriesSet set;
    set.series = {part("cycles", {7 * 90.0}), part("count", {7}), part("parts", {7}),
                  part("power", {7 * 300'000.0})};
    metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);

    page();

    const std::string cards = R"(slurm_job_power_gpu{slurmjobid="47",gpu=~"([^M].*)?")";
    BOOST_TEST(asked("cycles", cards));
    BOOST_TEST(asked("node_gpus", cards));
    BOOST_TEST(!asked("slurm_job_power_gpu", R"(slurm_job_power_gpu{slurmjobid="47"})"));
    BOOST_TEST(std::holds_alternative<NoData>(job().resources.back().used.value()));
    BOOST_TEST(says("Some of its GPUs are parts of a card (MIG)"));
}

BOOST_AUTO_TEST_CASE(gpus_without_a_type_in_slurm_have_that_of_their_samples) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {1, ""};
    prometheus::SeriesSet set;
    set.series = {part("cycles", {90}), part("count", {1}), part("power", {400'000}),
                  part("type", {1}, {{"gpu_type", "NVIDIA A100-SXM4-40GB"}})};
    metrics.answers.insert_or_assign("slurm_job_memory_total_gpu", set);

    page();

    BOOST_TEST(job().resources.at(4).detail == "A100 40 GB");
    BOOST_TEST(number_of(job().resources.back().allocated.value()) == 400.0);
    BOOST_TEST(number_of(job().resources.back().share.value) == 1.0);
}

BOOST_AUTO_TEST_CASE(the_sites_own_sentence_stands_in_place_of_the_portals) {
    LocalText own;
    own.in(Language::English) = "Read our page on cores.";
    own.in(Language::French) = "Lisez notre page sur les cœurs.";
    site.verdicts = {{"cores", {75, 40, own}}};
    measured(60, 15.0 * (1 << 30));

    page();
    BOOST_TEST(says("Read our page on cores."));
    BOOST_TEST(!says("It used {0} of its {1} cores"));
    const auto run = jobstats::run_of(slurm.jobs[0], site, clock.time);
    jobstats::Measures measures;
    measures.cores = 0.01;
    const auto notices = jobstats::notices_of({run, measures, site}, Language::French);
    BOOST_TEST(notices.front().text.id == "Lisez notre page sur les cœurs.");
}

BOOST_AUTO_TEST_CASE(the_ends_of_a_run_do_not_raise_its_mean) {
    measured_on({{300, 7200}});

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0 * 6900 / 7200,
               boost::test_tools::tolerance(1e-9));
    BOOST_TEST((verdict("cores").share.grade == views::Grade::Fair));
}

BOOST_AUTO_TEST_SUITE_END()
