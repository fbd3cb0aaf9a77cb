#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <set>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/slurm_database.h"

namespace portal::slurm {
namespace {

using test::SlurmDatabase;

constexpr std::int64_t kBase = 1790000000;
const Owner kOwner{Uid{5000}};

class FixedClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return from_unix(kBase + 10000); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::now();
    }
};

/// Private databases of each release, made once.
SlurmDatabase& database(const std::string& release) {
    static std::map<std::string, std::unique_ptr<SlurmDatabase>> all;
    auto& one = all[release];
    if (!one) one = std::make_unique<SlurmDatabase>(release);
    return *one;
}

struct Reader {
    explicit Reader(const Settings& settings) : db(settings, clock, {request}) {}
    explicit Reader(const std::string& release) : Reader(database(release).settings()) {}

    FixedClock clock;
    CurrentRequest request;
    MysqlSlurmDb db;
};

std::vector<std::uint64_t> indexes(const std::vector<Job>& jobs) {
    std::vector<std::uint64_t> out;
    for (const Job& job : jobs) out.push_back(job.db_index);
    return out;
}

template <class T>
T answer(Result<T> result) {
    BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().detail));
    return std::move(result).value();
}

std::vector<std::uint64_t> page(Reader& reader, const Job& array, const TaskPage& wanted) {
    return indexes(answer(reader.db.array_page(kOwner, array, wanted)));
}

std::vector<std::uint64_t> listed(MysqlSlurmDb& db, ListPart part, const JobFilter& filter = {}) {
    return indexes(answer(db.list(kOwner, part, filter, std::nullopt, 100)).jobs);
}

std::vector<std::uint64_t> started(Reader& reader, const JobFilter& filter) {
    return listed(reader.db, ListPart::Started, filter);
}

Job only(MysqlSlurmDb& db, std::uint32_t id) {
    const auto jobs = answer(db.attempts(kOwner, JobId{id}));
    BOOST_TEST_REQUIRE(jobs.size() == 1U);
    return jobs.front();
}

const auto kReleases = boost::unit_test::data::make({"20.11", "21.08", "22.05", "23.11", "25.05"});

using Indexes = std::vector<std::uint64_t>;

Indexes running_in(Reader& reader, const RunningFilter& filter, std::uint32_t limit = 100) {
    return indexes(answer(reader.db.running_in(filter, limit)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(slurm_db)

BOOST_DATA_TEST_CASE(reads_a_finished_gpu_job, kReleases, release) {
    Reader reader{std::string(release)};

    const Job job = only(reader.db, 100);

    BOOST_TEST(job.name == "<b>\"q\"</b> 'é'");
    BOOST_TEST(job.account == "def-a_gpu");
    BOOST_TEST((job.state == JobState::Completed));
    BOOST_TEST(unix_seconds(*job.started) == kBase + 100);
    BOOST_TEST(unix_seconds(*job.ended) == kBase + 3700);
    BOOST_TEST(!job.time_limit.has_value());
    BOOST_TEST(job.allocated.cores == 8U);
    BOOST_TEST(job.allocated.memory.count == 16000ULL << 20U);
    BOOST_TEST(job.allocated.gpus.count == 4U);
    BOOST_TEST(job.allocated.gpus.model == "a100");
    BOOST_TEST(job.requested.gpus.count == 4U);
    BOOST_TEST((job.nodes == std::vector<std::string>{"g1", "g2"}));
    BOOST_TEST(job.exit_code.code == 3U);
}

BOOST_DATA_TEST_CASE(lists_all_parts_newest_first, kReleases, release) {
    Reader reader{std::string(release)};

    BOOST_TEST(listed(reader.db, ListPart::Pending) == (Indexes{4, 3}),
               boost::test_tools::per_element());
    BOOST_TEST(listed(reader.db, ListPart::NeverStarted) == Indexes{7},
               boost::test_tools::per_element());
    const Indexes began{16, 6,  2,  28, 27, 26, 25, 24, 23, 22, 21, 20,
                        19, 18, 17, 13, 12, 11, 10, 9,  5,  1,  8};
    BOOST_TEST(listed(reader.db, ListPart::Started) == began, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(pages_reach_every_job_once, kReleases, release) {
    Reader reader{std::string(release)};
    for (const auto part : {ListPart::Pending, ListPart::NeverStarted, ListPart::Started}) {
        const Indexes whole = listed(reader.db, part);

        Indexes paged;
        std::optional<JobCursor> cursor;
        do {
            const JobSlice page = answer(reader.db.list(kOwner, part, {}, cursor, 2));
            for (const Job& job : page.jobs) paged.push_back(job.db_index);
            cursor = page.next;
        } while (cursor);

        BOOST_TEST(paged == whole, boost::test_tools::per_element());
    }
}

BOOST_DATA_TEST_CASE(keeps_states_beyond_the_enum, kReleases, release) {
    Reader reader{std::string(release)};

    const auto requeued = answer(reader.db.attempts(kOwner, JobId{105}));
    const auto resized = answer(reader.db.attempts(kOwner, JobId{106}));

    BOOST_TEST(indexes(requeued) == (Indexes{10, 9}), boost::test_tools::per_element());
    BOOST_TEST((requeued[1].state == JobState::Requeued));
    BOOST_TEST((resized[1].state == JobState::Resized));
    BOOST_TEST((only(reader.db, 107).state == JobState::Unknown));
    BOOST_TEST(only(reader.db, 107).state_number == 99U);
    BOOST_TEST((only(reader.db, 158).state == JobState::Revoked));
}

BOOST_DATA_TEST_CASE(tells_waiting_and_never_started_apart, kReleases, release) {
    Reader reader{std::string(release)};

    const Job held = only(reader.db, 102);
    const Job cancelled = only(reader.db, 103);
    const Job cancelled_with_start = only(reader.db, 104);

    BOOST_TEST(!held.eligible.has_value());
    BOOST_TEST((held.pending_reason == WaitReason::HeldUser));
    BOOST_TEST(!cancelled.started.has_value());
    BOOST_TEST(cancelled.ended.has_value());
    BOOST_TEST(!cancelled_with_start.started.has_value());
    BOOST_TEST(cancelled_with_start.nodes.empty());
}

BOOST_DATA_TEST_CASE(reads_a_running_job_with_memory_per_core, kReleases, release) {
    Reader reader{std::string(release)};

    const Job job = only(reader.db, 101);

    BOOST_TEST(!job.ended.has_value());
    BOOST_TEST(job.requested.memory.count == 64ULL * 256 << 20U);
    BOOST_TEST(indexes(answer(reader.db.running(kOwner))) == (Indexes{16, 6, 2}),
               boost::test_tools::per_element());
    BOOST_TEST(only(reader.db, 120).suspended.count() == 2000);
}

BOOST_DATA_TEST_CASE(finds_running_jobs_of_everybody_by_partition, kReleases, release) {
    Reader reader{std::string(release)};
    const RunningFilter all{"BASE", from_unix(kBase), from_unix(kBase + 9000)};

    BOOST_TEST(running_in(reader, all) == (Indexes{6, 2, 29}), boost::test_tools::per_element());
    BOOST_TEST(running_in(reader, all, 1) == Indexes{6}, boost::test_tools::per_element());
    BOOST_TEST(
        running_in(reader, {"cpu", from_unix(kBase + 10), from_unix(kBase + 5000)}) == Indexes{2},
        boost::test_tools::per_element());
    BOOST_TEST(running_in(reader, {"gpu", from_unix(kBase), from_unix(kBase + 9000)}).empty());
    BOOST_TEST(running_in(reader, {"%", from_unix(kBase), from_unix(kBase + 9000)}).empty());
}

BOOST_DATA_TEST_CASE(finds_arrays_and_het_jobs, kReleases, release) {
    Reader reader{std::string(release)};

    const auto tasks = answer(reader.db.array_tasks(kOwner, only(reader.db, 110), 100));
    const auto components = answer(reader.db.het_components(kOwner, only(reader.db, 130)));

    BOOST_TEST(indexes(tasks) == (Indexes{5, 6}), boost::test_tools::per_element());
    BOOST_TEST(tasks[1].array_task.value() == 1U);
    const Job rest = only(reader.db, 110);
    BOOST_TEST(!rest.array_task.has_value());
    BOOST_TEST(rest.array_pending == 7U);
    BOOST_TEST(!rest.eligible.has_value());
    BOOST_TEST(indexes(components) == (Indexes{17, 18}), boost::test_tools::per_element());
    BOOST_TEST(components[1].het_offset == 1U);
}

BOOST_DATA_TEST_CASE(sees_an_array_as_a_whole, kReleases, release) {
    Reader reader{std::string(release)};

    const Job newest = answer(reader.db.array(kOwner, JobId{110})).value();
    BOOST_TEST(newest.array.value().value == 110U);
    BOOST_TEST(!answer(reader.db.array(kOwner, JobId{111})).has_value());
    BOOST_TEST(!answer(reader.db.array({Uid{5001}}, JobId{110})).has_value());

    const auto counts = answer(reader.db.array_counts(newest));
    BOOST_TEST_REQUIRE(counts.size() == 2U);
    BOOST_TEST((counts[0].state == JobState::Running));
    BOOST_TEST(!counts[0].hour.has_value());
    BOOST_TEST((counts[1].state == JobState::Completed));
    BOOST_TEST((counts[1].hour == from_unix(1790000300 / 3600 * 3600)));
    BOOST_TEST((counts[1].began == from_unix(1790000200)));
    const auto marks = answer(reader.db.array_marks(newest, 0, 10));
    BOOST_TEST_REQUIRE(marks.size() == 1U);
    BOOST_TEST(marks[0].db_index == 5U);

    BOOST_TEST(page(reader, newest, {}) == (Indexes{5, 6}), boost::test_tools::per_element());
    BOOST_TEST(page(reader, newest, {.descending = true, .state = {}}) == (Indexes{6, 5}),
               boost::test_tools::per_element());
    BOOST_TEST(page(reader, newest, {.by = TaskPage::By::RunTime, .state = {}}) == (Indexes{5, 6}),
               boost::test_tools::per_element());
    BOOST_TEST(page(reader, newest, {.by = TaskPage::By::State, .state = 3}) == (Indexes{5}),
               boost::test_tools::per_element());
    BOOST_TEST(
        page(reader, newest, {.by = TaskPage::By::Start, .state = {}, .limit = 1, .offset = 1}) ==
            (Indexes{6}),
        boost::test_tools::per_element());
    BOOST_TEST(indexes(answer(reader.db.array_draw(kOwner, newest, 1))) == (Indexes{5}),
               boost::test_tools::per_element());
    BOOST_TEST(answer(reader.db.array_draw(kOwner, newest, 0)).empty());
}

BOOST_DATA_TEST_CASE(adds_steps_up, kReleases, release) {
    Reader reader{std::string(release)};
    const Indexes attempts{1, 5, 6, 7};

    const auto usage = answer(reader.db.usage(attempts));

    BOOST_TEST_REQUIRE(usage.size() == 2U);
    BOOST_TEST(usage.at(1).cpu_time.value().count() == 117);
    BOOST_TEST(usage.at(1).peak_memory.value().count == 5000U);
    BOOST_TEST(usage.at(6).cpu_time.value().count() == 4);
    BOOST_TEST(!usage.at(6).peak_memory.has_value());
}

// Long lists are asked for in pieces.
BOOST_AUTO_TEST_CASE(a_job_that_is_named_twice_has_its_steps_once) {
    Reader reader{std::string("22.05")};
    Indexes attempts{1};
    for (std::uint64_t other = 1'000'000; attempts.size() < 700; ++other) attempts.push_back(other);
    attempts.push_back(1);

    BOOST_TEST(answer(reader.db.usage(attempts)).at(1).cpu_time.value().count() == 117);
}

BOOST_DATA_TEST_CASE(never_shows_purged_rows_or_those_of_others, kReleases, release) {
    Reader reader{std::string(release)};

    BOOST_TEST(answer(reader.db.attempts(kOwner, JobId{109})).empty());
    BOOST_TEST(answer(reader.db.attempts(kOwner, JobId{200})).empty());
    BOOST_TEST(answer(reader.db.bearers(JobId{109})).empty());
    BOOST_TEST(answer(reader.db.bearers(JobId{108})).empty());
    BOOST_TEST(answer(reader.db.bearers(JobId{200})).front().owner.value == 5001U);
    BOOST_TEST(only(reader.db, 140).nodes_unreadable);
}

BOOST_DATA_TEST_CASE(filters_narrow_the_list, kReleases, release) {
    Reader reader{std::string(release)};

    BOOST_TEST(started(reader, {.states = {JobState::OutOfMemory, JobState::Requeued}}) ==
                   (Indexes{27, 9}),
               boost::test_tools::per_element());
    BOOST_TEST(started(reader, {.account = "def-a_gpu"}) == Indexes{1},
               boost::test_tools::per_element());
    BOOST_TEST(started(reader, {.partition = "gpubase"}) == Indexes{1},
               boost::test_tools::per_element());
    BOOST_TEST(started(reader, {.name = "0%_D"}) == Indexes{21}, boost::test_tools::per_element());
    BOOST_TEST(started(reader, {.name = "%"}) == Indexes{21}, boost::test_tools::per_element());
    BOOST_TEST(started(reader, {.name = "x' or '1'='1"}).empty());
    BOOST_TEST(listed(reader.db, ListPart::Pending, {.states = {JobState::Failed}}).empty());
}

BOOST_DATA_TEST_CASE(dates_take_what_ran_within_them, kReleases, release) {
    Reader reader{std::string(release)};
    const JobFilter between{.from = from_unix(kBase + 1100), .to = from_unix(kBase + 1400)};

    BOOST_TEST(listed(reader.db, ListPart::Started, between) == (Indexes{18, 17, 13, 1}),
               boost::test_tools::per_element());
    const JobFilter waited{.from = from_unix(kBase + 25), .to = from_unix(kBase + 41)};
    BOOST_TEST(listed(reader.db, ListPart::Pending, waited) == Indexes{4},
               boost::test_tools::per_element());
    BOOST_TEST(listed(reader.db, ListPart::NeverStarted, waited) == Indexes{7},
               boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(shows_the_script_where_that_release_keeps_it, kReleases, release) {
    Reader reader{std::string(release)};

    const auto script = answer(reader.db.script(1));

    BOOST_TEST(script.value_or("none") ==
               (std::string(release) == "20.11" ? "none" : "#!/bin/sh\n\n  echo 1\n"));
    BOOST_TEST(!answer(reader.db.script(2)).has_value());
}

BOOST_DATA_TEST_CASE(reads_the_submit_line_where_there_is_one, kReleases, release) {
    Reader reader{std::string(release)};

    BOOST_TEST(only(reader.db, 101).submit_line ==
               (std::string(release) == "20.11" ? "" : "sbatch a.sh"));
}

BOOST_AUTO_TEST_CASE(reads_raw_bytes_and_repairs_them) {
    SlurmDatabase own("22.05");
    own.run(
        "update narval_job_table set job_name = 'caf\xC3\xA9 \xE6\xBC\xA2' where id_job = 101;"
        "update narval_job_table set job_name = 'caf\xE9' where id_job = 107;",
        "latin1");
    Settings settings = own.settings();
    settings.text = Settings::Text::Bytes;
    Reader reader{settings};

    BOOST_TEST(only(reader.db, 101).name == "café 漢");
    BOOST_TEST(only(reader.db, 107).name == "café");
    BOOST_TEST(listed(reader.db, ListPart::Started, {.name = "é"}) == Indexes{2},
               boost::test_tools::per_element());
}

/// 300,000 jobs of the owner, one every 20 seconds back from the base, each thousandth with a name
/// of its own; every tenth never started.
void add_many_jobs(SlurmDatabase& database) {
    database.run(
        "insert into narval_job_table (job_db_inx, account, cpus_req, job_name, id_assoc, "
        "id_array_job, id_array_task, id_job, id_qos, id_resv, id_wckey, id_user, id_group, "
        "het_job_id, het_job_offset, state_reason_prev, mem_req, nodes_alloc, `partition`, "
        "priority, state, timelimit, time_submit, time_eligible, time_start, time_end, tres_alloc, "
        "tres_req) "
        "select 1000 + seq, 'def-a_cpu', 1, if(seq % 1000 = 7, 'needle', 'straw'), 1, 0, "
        "4294967294, 100000 + seq, 1, 0, 0, 5000, 5000, 0, 4294967294, 0, 4096, 1, 'cpubase', 1, "
        "if(seq % 10 = 0, 4, 3), 60, 1790000000 - 20 * seq, 1790000000 - 20 * seq, "
        "if(seq % 10 = 0, 0, 1790000000 - 20 * seq), 1790000010 - 20 * seq, '1=1,4=1', "
        "'1=1,4=1' from seq_1_to_300000;");
}

/// A clock whose every look is a second later: a search has time for one step.
class HastyClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return from_unix(kBase + 10000); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point{std::chrono::seconds{++looks_}};
    }

 private:
    mutable int looks_ = 0;
};

/// Names found from page to page, and how many pages that took.
std::pair<std::size_t, std::size_t> search_all(MysqlSlurmDb& db, CurrentRequest& request,
                                               ListPart part, const JobFilter& filter) {
    std::size_t found = 0;
    std::size_t pages = 0;
    std::optional<JobCursor> cursor;
    do {
        request.begin(Deadline::in(std::chrono::seconds{60}));
        const JobSlice page = answer(db.list(kOwner, part, filter, cursor, 1000));
        BOOST_TEST_REQUIRE((!page.searched_back_to || page.next));
        found += page.jobs.size();
        ++pages;
        cursor = page.next;
    } while (cursor);
    return {found, pages};
}

/// Another user's question again and again, until the others are done; how many went wrong.
unsigned other_user_fails(const Settings& settings, const Breaker& breaker,
                          const std::vector<pid_t>& others) {
    const SystemClock clock;
    CurrentRequest request;
    MysqlSlurmDb db(settings, clock, {request, &breaker});
    unsigned failed = 0;
    for (const pid_t other : others) {
        while (waitpid(other, nullptr, WNOHANG) == 0) {
            request.begin(Deadline::in(std::chrono::seconds{60}));
            if (!db.attempts({Uid{5001}, {}}, JobId{200}).ok()) ++failed;
        }
    }
    return failed;
}

BOOST_AUTO_TEST_CASE(a_search_among_very_many_jobs_takes_nothing_from_the_others) {
    SlurmDatabase own("22.05");
    add_many_jobs(own);
    const HastyClock hasty;
    CurrentRequest request;
    MysqlSlurmDb db(own.settings(), hasty, {request});

    const auto [needles, pages] = search_all(db, request, ListPart::Started, {.name = "needle"});
    BOOST_TEST(needles == 300U);
    BOOST_TEST(pages > 10U);
    BOOST_TEST(search_all(db, request, ListPart::Started, {.name = "zzzz"}).first == 0U);
    BOOST_TEST(search_all(db, request, ListPart::NeverStarted, {.name = "straw"}).first == 30000U);

    // Six clients search for what is not there while another user looks at a job.
    const SystemClock clock;
    const Breaker breaker(clock, 8);
    std::vector<pid_t> others;
    for (int i = 0; i < 6; ++i) {
        others.push_back(fork());
        if (others.back() != 0) continue;
        CurrentRequest mine;
        MysqlSlurmDb searching(own.settings(), clock, {mine, &breaker});
        bool good = true;
        for (int times = 0; times < 5; ++times) {
            mine.begin(Deadline::in(std::chrono::seconds{60}));
            good =
                searching.list(kOwner, ListPart::Started, {.name = "zzzz"}, {}, 100).ok() && good;
        }
        _exit(good ? 0 : 1);
    }
    BOOST_TEST(other_user_fails(own.settings(), breaker, others) == 0U);
    BOOST_TEST(breaker.counts(SourceId::Slurm).failed == decltype(SourceCounts::failed){},
               boost::test_tools::per_element());
    BOOST_TEST(breaker.counts(SourceId::Slurm).left_alone == 0U);
}

BOOST_AUTO_TEST_CASE(a_statement_that_takes_too_long_is_an_answer) {
    SlurmDatabase own("22.05");
    add_many_jobs(own);
    Settings settings = own.settings();
    // The server ends it after nine tenths: its answer has the last one to arrive in.
    settings.timeout = std::chrono::milliseconds{2000};
    const SystemClock clock;
    const Breaker breaker(clock, 8, {.failures = 1, .slow = std::chrono::milliseconds{1}});
    CurrentRequest request;
    sql::Session session(settings, SourceId::Slurm, {request, &breaker});
    request.begin(Deadline::in(std::chrono::seconds{60}));

    const auto slow = session.read({"slow",
                                    "select count(*) as n from narval_job_table a, "
                                    "narval_job_table b where a.account <> b.job_name"},
                                   {}, [](const sql::Row& row) { return row.u64("n"); });

    BOOST_TEST_REQUIRE(!slow.ok());
    BOOST_TEST((slow.error().fault == Fault::TooLong));
    BOOST_TEST(!breaker.leaves_alone(SourceId::Slurm));
    BOOST_TEST(session.connections() == 1U);
    BOOST_TEST(
        session.read({"one", "select 1 as n"}, {}, [](const sql::Row& row) { return row.u64("n"); })
            .ok());
    BOOST_TEST(session.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(names_stored_in_two_ways_are_both_read) {
    SlurmDatabase own("22.05");
    own.run(
        "update narval_job_table set job_name = '\xC3\xA9t\xC3\xA9 \xE6\xBC\xA2' where id_job = "
        "101;update narval_job_table set job_name = '\xE9t\xE9' where id_job = 107;",
        "latin1");
    Reader reader{own.settings()};

    BOOST_TEST(only(reader.db, 101).name == "été 漢");
    BOOST_TEST(only(reader.db, 107).name == "été");
    BOOST_TEST(listed(reader.db, ListPart::Started, {.name = "été"}) == (Indexes{2, 13}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_a_cluster_with_a_hyphen) {
    SlurmDatabase own("22.05");
    own.run(
        "rename table narval_job_table to `my-cluster_job_table`, narval_step_table to "
        "`my-cluster_step_table`;");
    Settings settings = own.settings();
    settings.cluster = "my-cluster";
    Reader reader{settings};

    BOOST_TEST(only(reader.db, 101).name == "work");
    BOOST_TEST(answer(reader.db.usage(Indexes{1})).size() == 1U);
}

BOOST_AUTO_TEST_CASE(jobs_of_a_former_owner_of_the_number_are_left_out) {
    SlurmDatabase own("22.05");
    own.run(
        "create table narval_assoc_table like slurm_acct_db.narval_assoc_table;"
        "insert into narval_assoc_table (creation_time, id_assoc, user, acct, lft, rgt) values "
        "(1, 1, 'former', 'def-a', 1, 2), (1, 2, 'new', 'def-a', 3, 4);"
        "update narval_job_table set id_assoc = 2 where job_db_inx = 13;");
    Reader reader{own.settings()};

    BOOST_TEST(indexes(answer(reader.db.list({kOwner.uid, {"new"}}, ListPart::Started, {},
                                             std::nullopt, 100))
                           .jobs) == Indexes{13},
               boost::test_tools::per_element());
    BOOST_TEST(answer(reader.db.running({kOwner.uid, {"new"}})).empty());
    BOOST_TEST(answer(reader.db.attempts({kOwner.uid, {"new"}}, JobId{101})).empty());
    BOOST_TEST(answer(reader.db.attempts({kOwner.uid, {"former"}}, JobId{101})).size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_earlier_row_of_a_number_is_superseded) {
    Reader reader{std::string("22.05")};

    const auto requeued = answer(reader.db.attempts(kOwner, JobId{105}));

    BOOST_TEST(!requeued[0].superseded);
    BOOST_TEST(requeued[1].superseded);
}

BOOST_AUTO_TEST_CASE(a_task_that_still_waits_is_found_in_the_rest) {
    SlurmDatabase own("22.05");
    own.run("update narval_job_table set array_task_str = '5-11%2' where job_db_inx = 4;");
    Reader reader{own.settings()};

    BOOST_TEST(answer(reader.db.array_task(kOwner, JobId{110}, 7, {})).value().db_index == 4U);
    BOOST_TEST(answer(reader.db.array_task(kOwner, JobId{110}, 1, {})).value().db_index == 6U);
    BOOST_TEST(!answer(reader.db.array_task(kOwner, JobId{110}, 12, {})).has_value());
}

BOOST_AUTO_TEST_CASE(what_runs_past_all_limits_does_not_run) {
    SlurmDatabase own("22.05");
    own.run(
        "update narval_job_table set time_start = 1700000000, time_submit = 1700000000, "
        "timelimit = 60 where job_db_inx = 2;");
    Reader reader{own.settings()};

    BOOST_TEST(indexes(answer(reader.db.running(kOwner))) == (Indexes{16, 6}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_database_without_the_cluster_is_refused) {
    Settings settings = database("22.05").settings();
    settings.cluster = "beluga";
    Reader reader{settings};

    const auto jobs = reader.db.running(kOwner);

    BOOST_TEST_REQUIRE(!jobs.ok());
    BOOST_TEST((jobs.error().fault == Fault::Rejected));
    BOOST_TEST(jobs.error().detail.find("no job table") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_refused_and_not_printed) {
    Settings settings = database("22.05").settings();
    settings.password.value = "wrong-password";
    Reader reader{settings};

    const auto jobs = reader.db.running(kOwner);

    BOOST_TEST_REQUIRE(!jobs.ok());
    BOOST_TEST((jobs.error().fault == Fault::Rejected));
    BOOST_TEST(jobs.error().detail.find("wrong-password") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_killed_connection_is_made_again_unnoticed) {
    Reader reader{std::string("22.05")};
    BOOST_TEST(answer(reader.db.running(kOwner)).size() == 3U);

    database("22.05").kill_readers();

    BOOST_TEST(answer(reader.db.running(kOwner)).size() == 3U);
    BOOST_TEST(only(reader.db, 101).id.value == 101U);
}

BOOST_AUTO_TEST_CASE(an_upgrade_of_slurm_is_noticed_after_one_failed_request) {
    SlurmDatabase own("22.05");
    Reader reader{own.settings()};
    BOOST_TEST(only(reader.db, 101).submit_line == "sbatch a.sh");

    own.run("alter table narval_job_table drop column submit_line;");
    BOOST_TEST(!reader.db.attempts(kOwner, JobId{102}).ok());
    reader.request.begin(Deadline::in(std::chrono::seconds{5}));

    BOOST_TEST(only(reader.db, 101).submit_line == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
