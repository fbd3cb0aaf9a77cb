#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/slurm/step_usage.h"

namespace portal::slurm {
namespace {

const std::vector<GpuTres> kGpus{{1001, ""}, {1002, "a100"}, {1003, "v100"}};
constexpr std::uint64_t kPerCpu = 1ULL << 63U;
constexpr std::uint64_t kStart = 1790000000;

JobRow started_row() {
    JobRow row;
    row.job.state_number = 3;
    row.start = 1790000000;
    row.end = 1790000100;
    row.node_list = "n1";
    row.tres_allocated = "1=4,2=1024,4=1";
    return row;
}

Job made(const JobRow& row, std::int64_t now = 1790000500) {
    return make_job(row, kGpus, from_unix(now));
}

struct Memory {
    const char* tres;
    std::uint64_t request;
    std::uint64_t mebibytes;
};
std::ostream& operator<<(std::ostream& out, const Memory& memory) {
    return out << memory.tres << " " << memory.request;
}
const Memory kMemories[] = {
    {"1=4,2=128000,4=1", 1, 128000},
    {"1=4,4=2", 4096, 8192},
    {"1=4,4=2", kPerCpu + 256, 1024},
    {"", kPerCpu + 256, 2048},
    {"", 4096, 4096},
    {"1=4", 0, 0},
    {"1=4294967295", kPerCpu + (1ULL << 40U), 0},
    {"1=4,2=18446744073709551614", 0, 0},
    {"1=4", 18446744073709551614U & ~kPerCpu, 0},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(slurm_job_row)

BOOST_DATA_TEST_CASE(requested_memory, boost::unit_test::data::make(kMemories), memory) {
    JobRow row;
    row.cpus_requested = 8;
    row.tres_requested = memory.tres;
    row.memory_requested = memory.request;

    BOOST_TEST(made(row).requested.memory.count == memory.mebibytes << 20U);
}

BOOST_AUTO_TEST_CASE(typed_and_untyped_gpus_are_not_added) {
    JobRow row = started_row();
    row.tres_allocated = "1=4,1001=2,1002=2";
    row.tres_requested = "1=4,1001=2";

    BOOST_TEST(made(row).allocated.gpus.count == 2U);
    BOOST_TEST(made(row).allocated.gpus.model == "a100");
    BOOST_TEST(made(row).requested.gpus.count == 2U);
    BOOST_TEST(made(row).requested.gpus.model.empty());
}

BOOST_AUTO_TEST_CASE(typed_gpus_alone_are_counted) {
    BOOST_TEST(count_gpus({{1002, 1}, {1003, 3}}, kGpus).count == 4U);
    BOOST_TEST(count_gpus({{1002, 1}, {1003, 3}}, kGpus).model == "v100");
    BOOST_TEST(count_gpus({{11001, 3}}, kGpus).count == 0U);
}

BOOST_AUTO_TEST_CASE(a_start_without_nodes_is_no_start) {
    JobRow row = started_row();
    row.node_list = "None assigned";
    row.tres_allocated = "";

    BOOST_TEST(!made(row).started.has_value());
    BOOST_TEST(made(row).ended.has_value());
    BOOST_TEST(made(started_row()).started.has_value());
}

BOOST_AUTO_TEST_CASE(an_unreadable_node_list_is_flagged_and_the_job_stays) {
    JobRow row = started_row();
    row.node_list = "n[1-";

    const Job job = made(row);

    BOOST_TEST(job.nodes_unreadable);
    BOOST_TEST(job.nodes.empty());
    BOOST_TEST(job.started.has_value());
}

BOOST_AUTO_TEST_CASE(suspended_time_in_all_its_forms) {
    JobRow row = started_row();
    row.suspended = 7;
    BOOST_TEST(made(row).suspended.count() == 7);

    row.job.state_number = 2;
    row.end = 0;
    row.suspended = 1790000400;
    BOOST_TEST(made(row).suspended.count() == 100);

    row.job.state_number = 4;
    row.end = 1790000450;
    BOOST_TEST(made(row).suspended.count() == 50);

    row.suspended = 1790009999;
    BOOST_TEST(made(row).suspended.count() == 0);
}

BOOST_DATA_TEST_CASE(no_time_limit, boost::unit_test::data::make({0U, 4294967294U, 4294967295U}),
                     minutes) {
    JobRow row = started_row();
    row.time_limit_minutes = minutes;

    BOOST_TEST(!made(row).time_limit.has_value());
}

BOOST_AUTO_TEST_CASE(a_throttled_array_rest_is_not_eligible) {
    JobRow row;
    row.eligible = 4294967295;
    row.array_job = 8;
    row.array_task = 4294967294U;
    row.job.array_pending = 5;

    const Job job = made(row);

    BOOST_TEST(!job.eligible.has_value());
    BOOST_TEST(job.array.value().value == 8U);
    BOOST_TEST(!job.array_task.has_value());
    BOOST_TEST(job.array_pending == 5U);
}

BOOST_AUTO_TEST_CASE(exit_codes_and_signals) {
    JobRow row = started_row();
    row.exit_code = 768;
    BOOST_TEST(made(row).exit_code.code == 3U);
    BOOST_TEST(made(row).exit_code.signal == 0U);
    row.exit_code = 125;
    BOOST_TEST(made(row).exit_code.signal == 125U);
}

BOOST_AUTO_TEST_CASE(states_beyond_the_list_are_kept_as_numbers) {
    JobRow row = started_row();
    row.job.state_number = 99;

    BOOST_TEST((made(row).state == JobState::Unknown));
    BOOST_TEST(made(row).state_number == 99U);
    BOOST_TEST((job_state(1024) == JobState::Requeued));
    BOOST_TEST((job_state(10) == JobState::Deadline));
    BOOST_TEST((job_state(12) == JobState::Unknown));
}

BOOST_AUTO_TEST_CASE(a_row_not_completed_yet_is_a_skeleton) {
    JobRow row = started_row();
    row.account_is_null = true;
    BOOST_TEST(made(row).skeleton);
    row.job.partition = "cpu";
    BOOST_TEST(!made(row).skeleton);
}

BOOST_AUTO_TEST_CASE(texts_become_valid_utf8) {
    JobRow row = started_row();
    row.job.name = "caf\xE9";

    BOOST_TEST(made(row).name == "caf\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(broken_resources_are_none) {
    JobRow row = started_row();
    row.tres_allocated = "1=4,oops";
    row.nodes_allocated = 3;

    BOOST_TEST(made(row).allocated.cores == 0U);
    BOOST_TEST(made(row).allocated.nodes == 3U);
}

BOOST_AUTO_TEST_CASE(steps_are_added_by_attempt) {
    const auto usage =
        add_steps({{1, 10, 700000, 1, 400000, "2=1000", "2=4000"},
                   {1, 5, 0, 0, 0, "2=9000", ""},
                   {2, 0, 9, 0, 9, "", ""},
                   {3, 18446744073709551615U, 0, 2, 0, "2=18446744073709551614", "x"}});

    BOOST_TEST_REQUIRE(usage.size() == 2U);
    BOOST_TEST(usage.at(1).cpu_time.value().count() == 17);
    BOOST_TEST(usage.at(1).peak_memory.value().count == 9000U);
    BOOST_TEST(usage.at(3).cpu_time.value().count() == 2);
    BOOST_TEST(!usage.at(3).peak_memory.has_value());
}

BOOST_AUTO_TEST_CASE(steps_without_cpu_seconds_have_the_sampled_time) {
    const auto usage =
        add_steps({{1, 0, 0, 0, 0, "", "1=25920000,2=4294967296", kStart, kStart + 7200},
                   {2, 0, 900, 0, 0, "1=5", "1=25920000", kStart, kStart + 7200},
                   {3, 0, 0, 0, 0, "", "2=4294967296", kStart, kStart + 7200},
                   {4, 0, 0, 0, 0, "", "1=18446744073709551614,2=1", kStart, kStart + 7200}});

    BOOST_TEST(usage.at(1).cpu_time.value().count() == 25920);
    BOOST_TEST(usage.at(2).cpu_time.value().count() == 25920);
    BOOST_TEST(!usage.at(3).cpu_time.has_value());
    BOOST_TEST(usage.at(3).peak_memory.value().count == 4294967296U);
    BOOST_TEST(!usage.at(4).cpu_time.has_value());
}

BOOST_AUTO_TEST_CASE(the_extern_step_alone_tells_nothing) {
    const StepRow outside{
        1, 0, 5000, 0, 0, "1=4,2=1077248", "1=4,2=1077248", kStart, kStart + 7200, true};
    StepRow batch{1, 0, 0, 0, 0, "", "", kStart, kStart + 7200};

    BOOST_TEST(add_steps({outside}).empty());
    BOOST_TEST(add_steps({outside, batch}).empty());
    batch.user_seconds = 7000;
    BOOST_TEST(add_steps({outside, batch}).at(1).cpu_time.value().count() == 7000);
    BOOST_TEST(!add_steps({outside, batch}).at(1).peak_memory.has_value());
}

BOOST_AUTO_TEST_CASE(a_step_whose_usage_was_lost_makes_the_whole_unknown) {
    const StepRow batch{1, 3, 0, 0, 0, "", "2=8000000", kStart, kStart + 7200};
    StepRow lost{1, 0, 0, 0, 0, "", "", kStart, kStart + 7000};

    BOOST_TEST(add_steps({batch, lost}).empty());
    lost.end = kStart + 20;
    BOOST_TEST(add_steps({batch, lost}).at(1).cpu_time.value().count() == 3);
    BOOST_TEST(add_steps({batch, lost}).at(1).peak_memory.value().count == 8000000U);
}

BOOST_AUTO_TEST_CASE(steps_side_by_side_leave_room_for_their_sum) {
    const auto step = [](std::uint64_t from, std::uint64_t to, const char* peak) {
        return StepRow{1, 100, 0, 0, 0, "", peak, from, to};
    };
    const StepRow first = step(kStart, kStart + 100, "2=2000");
    const StepRow beside = step(kStart + 50, kStart + 150, "2=2000");
    const StepRow after = step(kStart + 100, kStart + 200, "2=2000");
    const StepRow shell = step(kStart, kStart + 200, "2=10");

    BOOST_TEST(add_steps({first, beside}).at(1).peak_memory.value().count == 2000U);
    BOOST_TEST(add_steps({first, beside}).at(1).peak_at_most.value().count == 4000U);
    BOOST_TEST(!add_steps({first, after, shell}).at(1).peak_at_most.has_value());
    BOOST_TEST(add_steps({first, step(kStart + 10, 0, "2=1000"), after})
                   .at(1)
                   .peak_at_most.value()
                   .count == 3000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
