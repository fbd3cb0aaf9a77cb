#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>
#include <string>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/slurm_database.h"

namespace portal::slurm {
namespace {

constexpr std::int64_t kBase = 1790000000;
constexpr Instant kNow = from_unix(kBase + 10000);
const Owner kOwner{Uid{5000}};

class FixedClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return kNow; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
};

/// Jobs of every state and size: with GPUs of two models and of none, memory by node and by core,
/// numbers that mean "unknown", suspended ones, lists of nodes.
const char* const kManyKinds =
    "insert into narval_job_table (job_db_inx, account, cpus_req, job_name, id_assoc, "
    "id_array_job, id_array_task, array_task_pending, id_job, id_qos, id_resv, id_wckey, id_user, "
    "id_group, het_job_id, het_job_offset, state_reason_prev, mem_req, nodelist, nodes_alloc, "
    "`partition`, priority, state, timelimit, time_submit, time_eligible, time_start, time_end, "
    "time_suspended, work_dir, tres_alloc, tres_req) "
    "select 5000 + seq, elt(1 + seq % 2, 'def-a', 'def-b'), 1 + seq % 7, "
    "elt(1 + seq % 3, 'train', 'sweep', 'été'), 1, 0, 4294967294, 0, 70000 + seq, 1 + seq % 2, 0, "
    "0, 5000, 5000, 0, 4294967294, 0, "
    "elt(1 + seq % 4, 4096, 9223372036854775808 + 2048, 0, 18446744073709551615), "
    "if(seq % 11 < 3, '', elt(1 + seq % 5, 'n1', 'n[1-4]', 'n2,n7', 'n17', 'g1')), "
    "if(seq % 11 < 3, 0, 1 + seq % 4), elt(1 + seq % 3, 'cpu', 'gpu', 'cpu,gpu'), 1, "
    "elt(1 + seq % 11, 0, 0, 4, 1, 2, 3, 3, 5, 6, 11, 4), 600, 1790000000 + seq, "
    "1790000000 + seq, if(seq % 11 < 3, 0, 1790000000 + seq * 9), "
    "if(seq % 11 in (0, 1, 3, 4), 0, 1790000000 + seq * 9 + seq * seq % 900), "
    "if(seq % 11 = 4, 1790005000, if(seq % 13 = 0, 50, 0)), '/', "
    "if(seq % 11 < 3, '', elt(1 + seq % 6, '1=4,2=4096,4=1', '1=64,2=131072,4=2,1001=4,1002=4', "
    "'2=8192,1=16,1003=2', '', '1=18446744073709551614,4=3', '11=9,1=2,21=5,2=512,4=1,1002=1')), "
    "elt(1 + seq % 4, '1=4,2=4096,4=1', '1=8,4=2,1001=1', '', '1=2,2=512') "
    "from seq_1_to_500";

std::uint64_t seconds(Seconds time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
}

Resources size_of(const Job& job) {
    Resources size = job.allocated;
    if (size.cores == 0) size.cores = job.requested.cores;
    if (size.memory.count == 0) size.memory = job.requested.memory;
    if (size.nodes == 0) size.nodes = job.requested.nodes;
    if (size.gpus.count == 0) size.gpus = job.requested.gpus;
    return size;
}

/// The rule in other words than those of the statement.
std::optional<std::uint64_t> measured(const Job& job, Size size) {
    switch (size) {
        case Size::Cores:
            return size_of(job).cores;
        case Size::Memory:
            return size_of(job).memory.count >> 20U;
        case Size::Gpus:
            return size_of(job).gpus.count;
        case Size::Nodes:
            return size_of(job).nodes;
        case Size::RunTime:
            if (!job.run_known()) return std::nullopt;
            return seconds(job.ended.value_or(kNow) - *job.started - job.suspended);
        case Size::Wait:
            break;
    }
    return seconds(job.started.value_or(job.ended.value_or(kNow)) - job.submitted);
}

/// A filter and what it means, one row at a time.
struct Condition {
    std::string field;  ///< of two for one field the later holds
    std::string name;
    std::function<void(JobFilter&)> set;
    std::function<bool(const Job&)> holds;
};

Condition of_size(const std::string& name, Size size, SizeRange range) {
    return {"size " + std::to_string(static_cast<int>(size)), name,
            [=](JobFilter& filter) { filter.sizes[static_cast<std::size_t>(size)] = range; },
            [=](const Job& job) {
                const auto value = measured(job, size);
                return value && *value >= range.least.value_or(0) &&
                       *value <= range.most.value_or(~0ULL);
            }};
}

bool has_state(const Job& job, const std::vector<JobState>& states) {
    return std::count(states.begin(), states.end(), static_cast<JobState>(job.state_number)) > 0;
}

Condition of_states(const std::string& name, const std::vector<JobState>& states) {
    return {"state", name, [=](JobFilter& filter) { filter.states = states; },
            [=](const Job& job) { return has_state(job, states); }};
}

Condition of_node(const std::string& node) {
    return {
        "node", "node " + node, [=](JobFilter& filter) { filter.node = node; },
        [=](const Job& job) { return std::count(job.nodes.begin(), job.nodes.end(), node) > 0; }};
}

const std::vector<Condition>& conditions() {
    using enum Size;
    static const std::vector<Condition> kAll = {
        of_states("completed", {JobState::Completed}),
        of_states("that went wrong", {JobState::Failed, JobState::Timeout, JobState::OutOfMemory}),
        {"account", "account", [](JobFilter& f) { f.account = "def-b"; },
         [](const Job& j) { return j.account == "def-b"; }},
        {"partition", "partition", [](JobFilter& f) { f.partition = "cpu"; },
         [](const Job& j) { return ("," + j.partition + ",").find(",cpu,") != std::string::npos; }},
        {"name", "name", [](JobFilter& f) { f.name = "EE"; },
         [](const Job& j) { return j.name == "sweep"; }},
        {"quality of service", "quality of service", [](JobFilter& f) { f.qos = "high"; },
         [](const Job& j) { return j.db_index > 5000 && j.db_index % 2 == 1; }},
        of_node("n1"),
        of_node("n3"),
        of_node("n7"),
        of_size("cores from 5", Cores, {5, {}}),
        of_size("cores 2 to 4", Cores, {2, 4}),
        of_size("memory from 4 GiB", Memory, {4096, {}}),
        of_size("memory to 8 GiB", Memory, {{}, 8192}),
        of_size("no GPU", Gpus, {{}, 0}),
        of_size("GPUs from 2", Gpus, {2, {}}),
        of_size("one node", Nodes, {1, 1}),
        of_size("nodes from 2", Nodes, {2, {}}),
        of_size("ran for 5 minutes", RunTime, {300, {}}),
        of_size("ran for less than 100 s", RunTime, {{}, 99}),
        of_size("waited for an hour", Wait, {3600, {}}),
        of_size("waited for less than 500 s", Wait, {{}, 499}),
    };
    return kAll;
}

std::vector<Job> listed(MysqlSlurmDb& db, ListPart part, const JobFilter& filter) {
    std::vector<Job> jobs;
    std::optional<JobCursor> cursor;
    do {
        auto page = db.list(kOwner, part, filter, cursor, 40);
        BOOST_TEST_REQUIRE(page.ok(), (page.ok() ? "" : page.error().detail));
        cursor = page.value().next;
        for (const Job& job : page.value().jobs) jobs.push_back(job);
    } while (cursor);
    return jobs;
}

std::vector<std::uint64_t> those(const std::vector<Job>& jobs,
                                 const std::function<bool(const Job&)>& holds) {
    std::vector<std::uint64_t> indexes;
    for (const Job& job : jobs) {
        if (holds(job)) indexes.push_back(job.db_index);
    }
    return indexes;
}

struct Filtered {
    Filtered() : database("22.05") { database.run(std::string(kManyKinds) + ";"); }

    test::SlurmDatabase database;
    FixedClock clock;
    CurrentRequest request;
    MysqlSlurmDb db{database.settings(), clock, {request}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(slurm_filter, Filtered)

BOOST_AUTO_TEST_CASE(each_pair_of_filters_finds_what_a_look_at_every_row_finds) {
    const auto any = [](const Job&) { return true; };
    for (const ListPart part : {ListPart::Pending, ListPart::NeverStarted, ListPart::Started}) {
        const std::vector<Job> all = listed(db, part, {});
        BOOST_TEST_REQUIRE(all.size() > 40U);
        for (const Condition& one : conditions()) {
            for (const Condition& other : conditions()) {
                if (one.field == other.field && one.name != other.name) continue;
                JobFilter filter;
                one.set(filter);
                other.set(filter);
                const auto both = [&](const Job& job) {
                    return one.holds(job) && other.holds(job);
                };
                BOOST_TEST_CONTEXT(one.name << " and " << other.name << ", part "
                                            << static_cast<int>(part)) {
                    BOOST_TEST(those(listed(db, part, filter), any) == those(all, both),
                               boost::test_tools::per_element());
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(each_filter_finds_some_jobs_and_not_all) {
    std::vector<Job> all = listed(db, ListPart::Started, {});
    for (const Job& job : listed(db, ListPart::NeverStarted, {})) all.push_back(job);
    for (const Condition& one : conditions()) {
        const std::size_t found = those(all, one.holds).size();
        BOOST_TEST((found > 0 && found < all.size()), one.name << ": " << found);
    }
}

BOOST_AUTO_TEST_CASE(nobody_has_a_quality_of_service_that_may_not_be_read) {
    database.run("drop table qos_table;");

    JobFilter filter;
    filter.qos = "high";

    BOOST_TEST(listed(db, ListPart::Started, filter).empty());
    BOOST_TEST(!listed(db, ListPart::Started, {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
