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

BOOST_AUTO_TEST_CASE(both_threads_of_a_core_are_one_core) {
    site.threads_per_core = 2;
    measured(7.5 * 7200, 1e9);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(!says("The count of its processor time"));
}

BOOST_AUTO_TEST_CASE(one_thing_under_several_labels_counts_once) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {4, "a100"};

    page();

    for (const char* metric : {"slurm_job_memory_max{", "slurm_job_memory_rss{"}) {
        BOOST_TEST(asked(metric, std::string("max by (instance) (max_over_time(") + metric));
    }
    BOOST_TEST(asked("last_value", "sum by (instance) (max by (instance,core) (max_over_time("));
    const std::string once = "count by (instance) (";
    BOOST_TEST(asked("job_cores", once + "count by (instance,core) (present_over_time("));
    for (const char* metric : {"slurm_job_power_gpu{", "nvidia_gpu_power_usage_milliwatts{"}) {
        BOOST_TEST(asked(metric, "sum by (instance) (max by (instance,card) ("));
    }
}

BOOST_AUTO_TEST_CASE(a_node_under_two_names_is_one) {
    measured(2 * 7200, 4e9);
    const auto again = at_end.series;
    for (prometheus::Series series : again) {
        series.labels[0].value = "NC1.cluster.example:9798";
        at_end.series.push_back(series);
    }
    metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0);
    BOOST_TEST(number_of(verdict("memory").used) == 4e9);
}

BOOST_AUTO_TEST_CASE(a_gpu_that_got_another_number_is_one) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {1, "a100"};
    measured_gpus({{.cycles = 40, .memory = 10e9, .total = 40e9},
                   {.cycles = 60, .memory = 9e9, .total = 40e9}});
    prometheus::SeriesSet careful;
    for (const auto& [number, from, to] :
         {std::tuple{"0", 1e6, 1.001e6}, {"3", 1.001e6, 1.002e6}}) {
        const std::vector<prometheus::Label> card = {{"instance", "nc1"}, {"gpu", number}};
        for (const auto& [name, value] : {std::pair{"cycles_sum", 5000.0},
                                          {"cycles_count", 100.0},
                                          {"first", from},
                                          {"last", to},
                                          {"memory", 10e9},
                                          {"total", 40e9}}) {
            careful.series.push_back(part(name, {value}, card));
        }
    }
    metrics.answers.insert_or_assign("odd_cycles", careful);

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.5);
    BOOST_TEST(number_of(verdict("gpu_memory").used) == 10e9);
    BOOST_TEST(number_of(verdict("gpu_memory").whole) == 40e9);
}

BOOST_AUTO_TEST_CASE(blank_numbers_of_a_gpu_cost_themselves_only) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {1, "a100"};
    measured_gpus({{.cycles = 1.4e14}});
    const std::vector<prometheus::Label> card = {{"instance", "nc1"}, {"gpu", "0"}};
    prometheus::SeriesSet careful;
    careful.series = {part("cycles_sum", {2 * 237.0}, card), part("cycles_count", {237}, card),
                      part("odd_cycles", {3}, card)};
    metrics.answers.insert_or_assign("odd_cycles", careful);

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.02);
    BOOST_TEST((verdict("gpu").share.grade == views::Grade::Poor));
    BOOST_TEST(says("{0} measurements of its memory or GPUs were impossible"));
}

BOOST_AUTO_TEST_CASE(blank_numbers_alone_are_no_data) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {1, "a100"};
    measured_gpus({{.cycles = 1.4e14}});
    const std::vector<prometheus::Label> card = {{"instance", "nc1"}, {"gpu", "0"}};
    prometheus::SeriesSet careful;
    careful.series = {part("odd_cycles", {240}, card), part("first", {1e6}, card)};
    metrics.answers.insert_or_assign("odd_cycles", careful);

    page();

    BOOST_TEST(std::holds_alternative<NoData>(verdict("gpu").used));
    BOOST_TEST((verdict("gpu").share.grade == views::Grade::Unknown));
    BOOST_TEST(!says("Its GPUs were busy"));
}

BOOST_AUTO_TEST_CASE(counters_that_leap_are_gone_through) {
    measured_on({{20, 7180}});
    at_end.series[0] = part("last_value", {9.2e18}, {{"instance", "nc1"}});
    metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);
    prometheus::SeriesSet careful;
    careful.series = {part("slope", {3e9}, {{"instance", "nc1"}})};
    metrics.answers.insert_or_assign("odd_max", careful);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 3.0);
    BOOST_TEST(says("The count of its processor time restarted or leapt."));
}

BOOST_AUTO_TEST_CASE(more_than_it_had_is_odd_and_never_good) {
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 2;
    slurm.steps[1047] = {Seconds{94 * 7200}, Bytes{std::uint64_t{20} << 30U}};

    page();

    BOOST_TEST((verdict("cores").share.grade == views::Grade::Odd));
    BOOST_TEST(verdict("cores").word.id == "More than it had");
    BOOST_TEST((verdict("memory").share.grade == views::Grade::Odd));
    BOOST_TEST(says("It is said to have used {0} cores"));
    BOOST_TEST(says("It is said to have used {0} of memory"));
}

BOOST_AUTO_TEST_CASE(gpus_that_slurm_does_not_count_are_shown_as_measured) {
    measured_gpus({{.cycles = 5, .memory = 10e9, .total = 40e9, .power = 1e5}});
    measured(7200, 1e9);
    at_end.series.push_back(part("gpus", {1}, {{"instance", "nc1"}}));
    metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);
    prometheus::SeriesSet shares;
    shares.series = {part("job_gpus", {1}, {{"instance", "nc1"}})};
    metrics.answers.insert_or_assign("job_cores", shares);

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.05);
    BOOST_TEST(number_of(verdict("gpu_memory").whole) == 40e9);
    BOOST_TEST(says("Slurm does not count GPUs of this job."));
    BOOST_TEST(asked("nvidia_gpu_power_usage_milliwatts", ""));
    BOOST_TEST(asked("sum by (instance) (max by", "slurm_job_power_gpu{"));
}

BOOST_AUTO_TEST_CASE(a_job_without_gpus_asks_one_by_one_for_none) {
    measured(7200, 1e9);

    page();

    BOOST_TEST(asked("\"gpus\"", "present_over_time(slurm_job_utilization_gpu{"));
    BOOST_TEST(!asked("cycles_sum", ""));
    BOOST_TEST(!asked("sum by (instance) (max by", "slurm_job_power_gpu{"));
    // The two ends of the run, the shares of its node, its chassis and its GPUs; the files.
    BOOST_TEST(metrics.texts.size() == 6U);
}

BOOST_AUTO_TEST_CASE(energy_is_of_the_cores_that_slurm_allocated_and_of_no_gpu_of_others) {
    const std::vector<prometheus::Label> node = {{"instance", "nc1"}};
    prometheus::SeriesSet shares;
    // A cgroup that is not bound to cores shows all of the node.
    shares.series = {part("job_cores", {64}, node), part("node_cores", {64}, node)};
    metrics.answers.insert_or_assign("job_cores", shares);
    metrics.otherwise = [&](const std::string& text, const prometheus::Grid& grid) {
        prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
        const auto all = [&](double value) {
            set.series.push_back({node, std::vector<double>(grid.count, value)});
        };
        if (text.find("redfish") != text.npos) all(1500);
        if (text.find("nvidia_gpu_power") != text.npos) all(860'000);
        return set;
    };
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 16;

    page();

    const double kwh = (1500 - 860) * 16 / 64.0 * 7200 / 3.6e6;
    BOOST_TEST(number_of(cost(CostRow::Kind::Energy)->amount) == kwh,
               boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_silent_node_did_as_the_others) {
    slurm.jobs[0].nodes = {"nc1", "nc2", "nc3"};
    slurm.jobs[0].allocated.nodes = 3;
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 6;
    slurm.jobs[0].ended.reset();
    clock.time = *slurm.jobs[0].started + Seconds{7200};
    measured_on({{10, 7190}, {10, 7190}});
    at_end.series.back() = part("memory_max", {8e9}, {{"instance", "nc1"}});
    metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 6.0);
    BOOST_TEST(number_of(verdict("memory").used) == 24e9);
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
    measured_gpus({{.cycles = 30, .memory = 1e9}, {.cycles = 30, .memory = 1e9}});

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
    measured(7200, 1e9);
    at_end.series.back() = part("memory_usage", {4e9}, {{"instance", "nc1"}});
    metrics.answers.insert_or_assign("slurm_job_memory_max", at_end);

    page();

    BOOST_TEST(number_of(verdict("memory").used) == 4e9);
}

BOOST_AUTO_TEST_CASE(memory_comes_from_slurm_where_only_cores_were_measured) {
    slurm.steps[1047] = {Seconds{60}, Bytes{std::uint64_t{8} << 30U}};
    at_ends({{0, 7200, 4 * 7200 * 1e9}});

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4.0);
    BOOST_TEST(!verdict("cores").from_steps);
    BOOST_TEST(number_of(verdict("memory").share.value) == 0.5);
    BOOST_TEST(verdict("memory").from_steps);
}

BOOST_AUTO_TEST_CASE(a_part_of_a_card_is_not_given_the_power_of_the_whole) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {7, "a100"};
    std::vector<Gpu> parts;
    for (int i = 0; i < 7; ++i) {
        parts.push_back({.cycles = 90, .power = 300'000, .number = "MIG-" + std::to_string(i)});
    }
    measured_gpus(parts);

    page();

    const std::string cards = R"(slurm_job_power_gpu{slurmjobid="47",gpu=~"([^M].*)?")";
    BOOST_TEST(asked("cycles_sum", cards));
    BOOST_TEST(asked("sum by (instance) (max by", cards));
    BOOST_TEST(!asked("slurm_job_power_gpu", R"(slurm_job_power_gpu{slurmjobid="47"})"));
    BOOST_TEST(std::holds_alternative<NoData>(job().resources.back().used.value()));
    BOOST_TEST(says("Some of its GPUs are parts of a card (MIG)"));
}

BOOST_AUTO_TEST_CASE(gpus_without_a_type_in_slurm_have_that_of_their_samples) {
    slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {1, ""};
    measured_gpus({{.cycles = 90, .power = 400'000, .type = "NVIDIA A100-SXM4-40GB"}});

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
}

BOOST_AUTO_TEST_CASE(a_job_that_failed_is_told_so_before_what_it_wasted) {
    measured(60, 15.0 * (1 << 30));
    page();
    BOOST_TEST(job().headline.text.id == "{0} of its {1} cores were idle.");

    slurm.jobs[0].state = JobState::NodeFail;
    page();
    BOOST_TEST(job().headline.text.id ==
               "A node failed. It wasn't your fault; submit the job again.");
    BOOST_TEST(says("It used {0} of its {1} cores"));
}

BOOST_AUTO_TEST_CASE(the_mean_is_that_of_the_part_that_was_seen) {
    measured_on({{300, 7200}});

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(!verdict("cores").from_steps);
}

BOOST_AUTO_TEST_CASE(samples_that_begin_late_are_searched_for) {
    measured_on({{600, 7200}});
    const auto start = metrics.answers.extract("first_value");
    const std::string whole =
        "min by (instance) (min_over_time(((timestamp("
        "slurm_job_memory_usage{slurmjobid=\"47\"}) >= ";
    metrics.otherwise = [&](const std::string& text, const prometheus::Grid& grid) {
        prometheus::SeriesSet none{.grid = grid, .series = {}, .warnings = {}};
        const bool searched = text.find("first_value") != text.npos &&
                              text.find(whole) != text.npos && text.find("[7200s]") != text.npos;
        return searched ? start.mapped() : fakes::FakeMetrics::Answer(none);
    };

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_SUITE_END()
