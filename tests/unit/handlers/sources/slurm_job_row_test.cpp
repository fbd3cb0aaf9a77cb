#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "handlers/sources/slurm/arrays/array.h"
#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/slurm/step_usage.h"
#include "handlers/sources/sql/stored_text.h"

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
    BOOST_TEST(made(row).unlimited == (minutes == 4294967295U), "the others are not set");
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

BOOST_AUTO_TEST_CASE(each_text_tells_how_it_was_stored) {
    using Text = Settings::Text;
    using sql::readable;
    // What a client of UTF-8 is sent of UTF-8 bytes in a column declared latin1.
    BOOST_TEST(readable("\xC3\x83\xC2\xA9t\xC3\x83\xC2\xA9", Text::Guessed) == "été");
    BOOST_TEST(readable("æ¼¢å\xC2\xAD\xE2\x80\x94 Ã© Å“", Text::Guessed) == "漢字 é œ");
    BOOST_TEST(readable("été", Text::Guessed) == "été");
    BOOST_TEST(readable("漢字 é œ", Text::Guessed) == "漢字 é œ");
    BOOST_TEST(readable("Ã", Text::Guessed) == "Ã");
    BOOST_TEST(readable("Ã©t", Text::Declared) == "Ã©t");
    BOOST_TEST(readable("\xE9t\xE9 \x80", Text::Bytes) == "été €");
    BOOST_TEST(readable("été", Text::Bytes) == "été");
}

BOOST_AUTO_TEST_CASE(a_final_state_without_an_end_has_lost_it) {
    JobRow row = started_row();
    row.end = 0;
    for (const std::uint32_t state : {3U, 4U, 5U, 6U, 11U}) {
        row.job.state_number = state;
        BOOST_TEST((made(row).fault == RowFault::EndLost), state);
        BOOST_TEST(!made(row).runs());
        BOOST_TEST(!made(row).run_known());
    }
    BOOST_TEST((made(row).state == JobState::OutOfMemory));
}

BOOST_AUTO_TEST_CASE(a_job_that_runs_far_past_its_limit_does_not_run) {
    JobRow row = started_row();
    row.job.state_number = 1;
    row.end = 0;
    row.time_limit_minutes = 60;
    const auto after = [&](std::int64_t hours) { return made(row, 1790000000 + hours * 3600); };

    BOOST_TEST(after(20).runs());
    BOOST_TEST((after(20).state == JobState::Running));
    BOOST_TEST(!after(26).runs());
    BOOST_TEST((after(26).state == JobState::EndLost));
    const auto patient = [&](std::int64_t hours) {
        return make_job(row, kGpus, from_unix(1790000000 + hours * 3600), Settings::Text::Guessed,
                        48 * kHour);
    };
    BOOST_TEST(patient(48).runs(), "OverTimeLimit of the site");
    BOOST_TEST(!patient(50).runs());
    row.time_limit_minutes = 10 * 24 * 60;
    BOOST_TEST(after(19 * 24).runs());
    BOOST_TEST(!after(21 * 24).runs());
    row.time_limit_minutes = 4294967295U;
    BOOST_TEST(after(360 * 24).runs());
    BOOST_TEST(!after(367 * 24).runs());
    row.job.state_number = 2;
    row.suspended = 1790000000 + 10;
    row.time_limit_minutes = 60;
    BOOST_TEST(after(100).runs(), "time that it is suspended does not count");
}

BOOST_AUTO_TEST_CASE(times_that_contradict_each_other_are_told) {
    JobRow row = started_row();
    row.end = row.start - 448;
    BOOST_TEST((made(row).fault == RowFault::EndBeforeStart));
    row.end = row.start;
    BOOST_TEST((made(row).fault == RowFault::None));
    row.end = row.start + 100;
    row.suspended = 101;
    BOOST_TEST((made(row).fault == RowFault::SuspendedTooLong));
    row.suspended = 4294967294U;
    BOOST_TEST((made(row).fault == RowFault::None));
    BOOST_TEST(made(row).suspended.count() == 0);
    row.suspended = 0;
    row.job.state_number = 1;
    BOOST_TEST((made(row).fault == RowFault::EndedYetGoingOn));
    row.job.state_number = 3;
    row.start = 0;
    BOOST_TEST((made(row).fault == RowFault::StartLost));
    row.job.state_number = 4;
    BOOST_TEST((made(row).fault == RowFault::None));
}

BOOST_AUTO_TEST_CASE(numbers_for_unknown_are_not_shown) {
    JobRow row = started_row();
    row.tres_allocated = "1=4294967294,2=18446744073709551614,4=4294967295,1001=4294967294";
    row.cpus_requested = 4294967294U;
    row.nodes_allocated = 4294967294U;
    row.end = 4294967295U;
    row.submit = 0;
    row.eligible = 1789990000;
    row.job.state_number = 1;
    const Job job = made(row);

    BOOST_TEST(job.allocated.cores == 0U);
    BOOST_TEST(job.allocated.nodes == 0U);
    BOOST_TEST(job.allocated.gpus.count == 0U);
    BOOST_TEST(job.requested.cores == 0U);
    BOOST_TEST(!job.ended.has_value());
    BOOST_TEST(unix_seconds(job.submitted) == 1789990000);
}

BOOST_AUTO_TEST_CASE(who_cancelled_is_a_user_or_unknown) {
    JobRow row = started_row();
    BOOST_TEST(!made(row).cancelled_by.has_value());
    row.killed_by = 0;
    BOOST_TEST(made(row).cancelled_by.value().value == 0U);
    row.killed_by = 3900002;
    BOOST_TEST(made(row).cancelled_by.value().value == 3900002U);
    for (const std::uint64_t none : {4294967294ULL, 4294967295ULL, 18446744073709551615ULL}) {
        row.killed_by = none;
        BOOST_TEST(!made(row).cancelled_by.has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_number_that_comes_again_is_another_job) {
    const auto attempt = [](std::int64_t submit, std::int64_t end, JobState state) {
        Job job;
        job.submitted = from_unix(submit);
        job.started = from_unix(submit + 10);
        job.ended = from_unix(end);
        job.state = state;
        return job;
    };
    const Job newest = attempt(1790003000, 1790004000, JobState::Completed);
    const Job requeued = attempt(1790000000, 1790003000, JobState::Requeued);
    const Job old = attempt(1507000000, 1507003700, JobState::Failed);
    const Job beside = attempt(1789999000, 1790002000, JobState::Completed);

    BOOST_TEST(one_submission({newest, requeued, old}, 0).size() == 2U);
    BOOST_TEST(one_submission({newest, requeued, old}, 1).size() == 2U);
    BOOST_TEST(one_submission({newest, requeued, old}, 2).size() == 1U);
    BOOST_TEST(one_submission({requeued, beside}, 0).size() == 1U, "they overlap");
    Job task = requeued;
    task.array = JobId{7};
    BOOST_TEST(one_submission({newest, task}, 0).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_number_given_to_somebody_else_shows_none_of_the_former_ones_jobs) {
    Job job;
    job.owner = {5000};
    const Owner owner{{5000}, {"nouid", "z.alias"}};

    BOOST_TEST(is_of(owner, job), "Slurm does not say whose it is");
    for (const char* own : {"nouid", "Z.Alias", "nouid@corp.example.org", "CORP\\nouid"}) {
        job.association_user = own;
        BOOST_TEST(is_of(owner, job), own);
    }
    job.association_user = "former";
    BOOST_TEST(!is_of(owner, job));
    BOOST_TEST(is_of({{5000}}, job), "by the number alone");
    BOOST_TEST(!is_of({{5001}, {"former"}}, job));
}

BOOST_AUTO_TEST_CASE(tasks_that_still_wait_are_found_in_the_rest_of_their_array) {
    for (const char* rest : {"9201-10000%500", "1,3,9300", "9300-9300:2", "9200-10000:100"}) {
        BOOST_TEST(holds_task(rest, 9300), rest);
    }
    for (const char* rest : {"", "9201-10000:2", "9301", "x-y", "9201-", "0x", "9201-10000:0"}) {
        BOOST_TEST(!holds_task(rest, 9300), rest);
    }
    BOOST_TEST(holds_task("0x3EA", 1));
    BOOST_TEST(!holds_task("0x3EA", 2));
    BOOST_TEST(holds_task("0x3EA%2", 9));
    BOOST_TEST(!holds_task("0x3EA", 4000000000U));
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
    lost.end = 0;
    BOOST_TEST(add_steps({batch, lost}).empty(), "nobody knows how long it was");
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
