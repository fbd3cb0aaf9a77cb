#pragma once

#include <string>
#include <vector>

#include "views/pages/error/error_page.h"
#include "views/pages/jobstats/job_page.h"
#include "views/pages/jobstats/user_page.h"
#include "views/pages/quotas/quotas_page.h"
#include "views/pages/usersummary/summary_page.h"

/// Filled pages as a handler makes them, for the tests of the views.
namespace samples {

using portal::JobState;
using namespace std::chrono_literals;

inline constexpr portal::Instant kNow{std::chrono::seconds{1'763'850'000}};  // 2025-11-22 22:20
inline constexpr double kGib = 1024.0 * 1024 * 1024;

inline portal::views::Frame frame(const std::string& path) {
    portal::views::Frame frame;
    frame.path = path;
    frame.viewer = "alice";
    frame.now = kNow;
    frame.request_id = "5f0c2a9e";
    return frame;
}

inline portal::views::Share share(double ratio) {
    using portal::views::Grade;
    return {ratio, ratio > 0.75 ? Grade::Good : ratio > 0.4 ? Grade::Fair : Grade::Poor};
}

inline portal::views::JobRow row(const std::string& number, JobState state) {
    portal::views::JobRow row;
    row.number = number;
    row.link = "/portal/secure/jobstats/alice/" + number + "/";
    row.state = state;
    row.name = "train_resnet.sh";
    row.account = "def-alice_gpu";
    row.partition = "gpubase_bygpu_b3";
    row.submitted = kNow - 9h;
    row.started = kNow - 8h - 12min;
    row.asked_time = 24h;
    row.nodes = 2;
    row.cores = 64;
    row.memory = portal::Bytes::from_mebi(256 * 1024);
    row.cores_share = share(0.912);
    row.memory_share = share(0.31);
    if (state != JobState::Running) {
        row.ended = kNow - 2h;
        row.used_time = 6h + 12min + 5s;
    }
    return row;
}

inline portal::views::JobRow waiting_row(const std::string& number) {
    portal::views::JobRow one = row(number, JobState::Pending);
    one.started.reset();
    one.ended.reset();
    one.used_time.reset();
    one.wait_reason = portal::views::sentence("Waiting for enough free resources.");
    return one;
}

inline std::vector<portal::views::JobGroup> job_groups() {
    std::vector<portal::views::JobGroup> groups;
    groups.push_back({{row("4720", JobState::Running)}, {}, 0});
    groups.back().rows[0].gpus = 4;
    groups.back().rows[0].gpu_share = share(0.07);
    portal::views::JobGroup array{{}, "4700", 0};
    for (int task = 0; task < 5; ++task) {
        array.rows.push_back(
            row("4700_" + std::to_string(task), task < 3 ? JobState::Completed : JobState::Failed));
    }
    groups.push_back(array);
    for (const JobState state : {JobState::OutOfMemory, JobState::Timeout, JobState::Cancelled,
                                 JobState::NodeFail, JobState::Requeued, JobState::Unknown}) {
        groups.push_back({{row(std::to_string(4600 + static_cast<int>(state)), state)}, {}, 0});
        groups.back().rows[0].state_number = 77;
        groups.back().rows[0].memory_share = {};
        groups.back().rows[0].cores_share = {portal::Unavailable{portal::SourceId::Slurm}, {}};
    }
    groups.back().rows[0].name = "<b>&\"x\"'</b> 漢字";
    return groups;
}

inline portal::views::UserPage user_page() {
    portal::views::UserPage page;
    page.frame = frame("/portal/secure/jobstats/alice/?state=running&name=a");
    page.frame.crumbs = {{portal::views::sentence("My jobs"), {}}};
    page.owner = "alice";
    page.base = "/portal/secure/jobstats/alice/";
    page.now.running_jobs = 1;
    page.waiting_jobs = 902;
    page.now.cores = {64.0, 58.37, share(0.912)};
    page.now.memory = {256 * kGib, 79.4 * kGib, share(0.31)};
    page.now.gpus = {4.0, 0.28, share(0.07)};
    page.waiting = {{{waiting_row("4711")}, {}, 0}, {{waiting_row("4712")}, {}, 900}};
    page.jobs = job_groups();
    page.next_link = page.base + "?after=1763850000.0.77&state=running";
    page.export_link = page.base + "jobs.csv?state=running";
    page.filter.accounts = {"def-alice_gpu", "def-alice_cpu"};
    page.filter.partitions = {"gpubase_bygpu_b3"};
    return page;
}

inline void fill_job_resources(portal::views::JobPage& page) {
    using portal::views::Grade;
    using portal::views::sentence;
    using portal::views::Unit;
    page.verdicts = {
        {"time", "Time", Unit::Seconds, share(0.258), 22325.0, 86400.0, sentence("Fair"), "",
         false},
        {"cores", "CPU cores", Unit::Count, share(0.912), 58.37, 64.0, sentence("Good"),
         "graph-cpu", false},
        {"memory", "Memory", Unit::Bytes, share(0.31), 79.4 * kGib, 256 * kGib, sentence("Poor"),
         "graph-mem", false},
        {"energy", "Energy", Unit::Kwh, {}, 1.234, portal::NoData{}, {}, "graph-power", false}};
    page.resources = {
        {"Time", Unit::Seconds, 86400.0, {}, 22325.0, share(0.258), {}, false},
        {"Nodes", Unit::Count, 2.0, 2.0, {}, {}, {}, false},
        {"CPU cores", Unit::Count, 64.0, 64.0, 58.37, share(0.912), {}, false},
        {"Memory", Unit::Bytes, 256 * kGib, 256 * kGib, 79.4 * kGib, share(0.31), {}, false}};
    using Cost = portal::views::CostRow::Kind;
    page.cost.rows = {{Cost::Energy, 1.234},
                      {Cost::Co2, 0.617},
                      {Cost::CarRange, 8.17, "Tesla Model 3"},
                      {Cost::Internal, 1.233},
                      {Cost::Electricity, 0.0513},
                      {Cost::Cooling, 0.0128},
                      {Cost::Hardware, 1.169},
                      {Cost::Cloud, 18.99, "c6a.16xlarge"}};
    page.cost.currency = "CAD";
    page.cost.amortization_years = 5;
}

inline portal::views::ChartSection section(const std::string& id,
                                           const std::vector<std::string>& slugs) {
    portal::views::ChartSection section{id, {}};
    for (const std::string& slug : slugs) {
        section.charts.push_back(
            {slug, "/portal/secure/jobstats/alice/4711/graph/" + slug + ".json"});
    }
    return section;
}

/// A CPU job that is over.
inline portal::views::JobPage cpu_job() {
    portal::views::JobPage page;
    page.frame = frame("/portal/secure/jobstats/alice/4711/");
    page.owner = "alice";
    page.base = "/portal/secure/jobstats/alice/4711/";
    page.user_link = "/portal/secure/jobstats/alice/";
    page.frame.crumbs = {
        {portal::views::sentence("My jobs"), page.user_link},
        {portal::views::sentence("Job {0}", {portal::views::text_argument("4711")}), {}}};
    page.number = "4711";
    page.name = "simulate.sh";
    page.state = JobState::Completed;
    page.account = "def-alice_cpu";
    page.partition = "cpubase_bynode_b2";
    page.nodes = {"nc10001", "nc10002"};
    page.work_dir = "/scratch/alice/run";
    page.submit_line = "sbatch --time=1-0 simulate.sh";
    page.exit_code = 0;
    page.timeline = {kNow - 9h, kNow - 9h + 5min, kNow - 8h - 12min, kNow - 2h, 24h, 0s, kNow};
    page.notices = {{portal::views::Notice::Weight::Warning,
                     {},
                     portal::views::sentence("It never used more than {0} of its {1} of memory. "
                                             "Request less and your jobs will start sooner.",
                                             {portal::views::bytes_argument(79.4 * kGib),
                                              portal::views::bytes_argument(256 * kGib)}),
                     "graph-mem"}};
    fill_job_resources(page);
    page.script = {{"#!/bin/bash", "#SBATCH --time=1-0", "", "if true; then",
                    "    echo \"<hi> & 漢字\"", "fi"},
                   false,
                   "/portal/secure/jobstats/alice/4711/script",
                   true,
                   {},
                   {},
                   {},
                   false};
    page.sections = {
        section("cpu", {"cpu"}),
        section("memory", {"mem"}),
        section("programs", {"programs"}),
        section("files", {"lustre_mdt", "lustre_ost"}),
        section("node", {"infiniband_bdw", "ethernet_bdw", "disk_iops", "disk_bdw", "disk_used"}),
        section("power", {"power"})};
    return page;
}

/// A GPU job that runs, on many nodes, with attempts and siblings.
inline portal::views::JobPage gpu_job() {
    using portal::views::Unit;
    portal::views::JobPage page = cpu_job();
    page.frame.live_seconds = 30;
    page.frame.staff = true;
    page.frame.viewer = "boss";
    page.frame.whose = "alice";
    page.number = "4700_3";
    page.state = JobState::Running;
    page.nodes.clear();
    for (int node = 1; node <= 12; ++node)
        page.nodes.push_back("ng" + std::to_string(30000 + node));
    page.exit_code.reset();
    page.timeline.ended.reset();
    page.resources.push_back(
        {"GPUs", Unit::Count, 4.0, 4.0, 0.28, share(0.07), "A100 40 GB", false});
    page.resources.push_back({"GPU use", Unit::Ratio, {}, {}, 0.07, share(0.07), {}, false});
    page.verdicts.insert(page.verdicts.begin() + 3,
                         {"gpu", "GPU", Unit::Ratio, share(0.07), 0.07, portal::NoData{},
                          portal::views::sentence("Poor"), "graph-gpu_utilization", false});
    page.verdicts.insert(page.verdicts.begin() + 4, {"gpu_memory",
                                                     "GPU memory",
                                                     Unit::Bytes,
                                                     {portal::Unavailable{}, {}},
                                                     portal::Unavailable{},
                                                     160 * kGib,
                                                     {},
                                                     "graph-gpu_memory",
                                                     false});
    page.sections.insert(page.sections.begin() + 2,
                         section("gpu", {"gpu_utilization", "gpu_memory_utilization", "gpu_memory",
                                         "gpu_power", "gpu_pcie"}));
    page.cost.energy_covered = 0.83;
    page.script.versions = {
        {2, portal::from_unix(1'750'000'000), {2048}, "/x/?script=2#script", true},
        {1, portal::from_unix(1'749'990'000), {20}, "/x/?script=1#script", false}};
    page.script.lines.clear();
    page.attempts = {row("4700_3", JobState::Running), row("4700_3", JobState::Requeued)};
    page.siblings = {row("4700_1", JobState::Completed), row("4700_2", JobState::Failed)};
    page.siblings_cut = true;
    return page;
}

/// A job that was killed for its memory.
inline portal::views::JobPage failed_job() {
    portal::views::JobPage page = cpu_job();
    page.state = JobState::OutOfMemory;
    page.exit_code = 0;
    page.exit_signal = 125;
    page.state_text = portal::views::sentence("It used more than the {0} of memory it requested.",
                                              {portal::views::bytes_argument(16 * kGib)});
    page.notices.insert(page.notices.begin(),
                        {portal::views::Notice::Weight::Error, {}, page.state_text, "graph-mem"});
    page.verdicts[2].share = {1.0, portal::views::Grade::Poor};
    page.verdicts[2].word = portal::views::sentence("Not enough");
    return page;
}

/// A job that waits.
inline portal::views::JobPage waiting_job() {
    portal::views::JobPage page = cpu_job();
    page.state = JobState::Pending;
    page.state_text = portal::views::sentence("Waiting for enough free resources.");
    page.nodes.clear();
    page.exit_code.reset();
    page.timeline = {kNow - 90min, kNow - 80min, {}, {}, 24h, 0s, kNow};
    page.verdicts.clear();
    page.notices.clear();
    page.sections.clear();
    page.cost = {};
    for (auto& resource : page.resources) {
        resource.used = resource.allocated = std::nullopt;
        resource.share = {};
    }
    return page;
}

inline portal::views::Quota quota(const std::string& title, double bytes, double files) {
    constexpr double kTebi = 1024 * kGib;
    return {.title = title,
            .place = "Project file system",
            .away = "Robinhood (lustre06)",
            .bytes = {.used = bytes * kTebi, .limit = 40 * kTebi},
            .files = {.used = files, .limit = 5e6}};
}

/// Projects over quota, nearly full, without a limit and without a database; nearline storage.
inline portal::views::QuotasPage quotas_page() {
    portal::views::QuotasPage page;
    page.frame = frame("/portal/secure/quotas/alice/");
    page.owner = "alice";
    page.notices = {
        {portal::views::Notice::Weight::Warning,
         {},
         portal::views::sentence("No data for {0} at the moment: its database is not answering.",
                                 {portal::views::text_argument("Nearline file system")}),
         {}}};
    const std::vector<portal::views::SortColumn> columns = {
        {portal::views::sentence("User"), {}, "?sort=user", {}, false},
        {portal::views::sentence("Files"), {}, "?sort=inodes", {}, true},
        {portal::views::sentence("Space"), {}, "?sort=-bytes", {}, true}};
    page.projects = {{"p1", quota("rrg-over", 41.2, 2.1e6), columns, {{"<b>&", 2e6, 41e12}}},
                     {"p2", quota("rrg-near", 36.4, 850'000), columns, {}},
                     {"p3", quota("def-none", 1, 12), {}, {}},
                     {"p4", quota("def-away", 1, 12), {}, {}}};
    page.projects[2].quota.bytes.limit.reset();
    page.projects[2].quota.files.limit.reset();
    page.projects[3].quota.bytes.used = page.projects[3].quota.files.used =
        portal::Unavailable{portal::SourceId::Robinhood};
    page.nearline = {{"n1", quota("rrg-near", 21, 0), 13e12, 9e12, 1, 2'000'000, {}, {}},
                     {"n2", page.projects[3].quota, 0, 0, 0, 0, {}, {}}};
    page.nearline[0].owners = {{"bob", 1.0, 13e12, {}, {}}, {"carol", {}, {}, 2e6, 9e12}};
    return page;
}

inline portal::views::SummaryPage summary_page() {
    portal::views::SummaryPage page;
    page.frame = frame("/portal/secure/usersummary/alice/");
    page.owner = "alice";
    page.base = "/portal/secure/usersummary/alice/";
    page.quotas = {quota("def-alice", 40, 1), quota("Home", 1, 12)};
    page.quotas[1].bytes.used = page.quotas[1].files.used = portal::NoData{};
    page.quotas[1].bytes.none = portal::views::sentence("less than 4 MiB, or not measured");
    page.quotas[1].place.clear();
    page.quotas_link = "/portal/secure/quotas/alice/";
    page.now.running_jobs = 1;
    page.now.cores = {64.0, 58.37, share(0.912)};
    page.now.memory = {256 * kGib, 79.4 * kGib, share(0.31)};
    page.waiting_jobs = 1;
    page.waiting = {{{waiting_row("4711")}, {}, 0}};
    page.jobs = job_groups();
    page.jobs_link = "/portal/secure/jobstats/alice/";
    return page;
}

inline portal::views::ErrorPage error_page(int status) {
    portal::views::ErrorPage page;
    page.frame = frame("/portal/secure/jobstats/alice/1/");
    page.status = status;
    page.contact = "support@example.org";
    if (status == 503) page.missing = portal::SourceId::Slurm;
    return page;
}

}  // namespace samples
