#include "crowd.h"

#include <algorithm>
#include <array>

#include "author.h"
#include "random.h"

namespace portal::simulator {
namespace {

constexpr std::uint64_t kFirstCrowdId = 130;  // after the rows with a name
constexpr unsigned kWasterCores = 50;         // on each of the crowd's nodes
constexpr unsigned kMembers = static_cast<unsigned>(kPeople.size()) - kCrowd;
constexpr std::uint64_t kTebi = 1024 * kGibi;

/// Places of the crowd's nodes as Stage counts them.
struct Places {
    unsigned cpu = 0;
    unsigned gpu = 0;
    unsigned large = 0;
};

Places places(const Scale& scale) {
    const unsigned gpu_nodes = kStoryGpuNodes + scale.gpu_nodes;
    const unsigned first = kStoryNodes + scale.cpu_nodes + gpu_nodes;
    return {first, gpu_nodes + kCrowdNodes, first + kCrowdNodes + kCrowdGpuNodes};
}

Job& play(Author& author, std::string_view role, unsigned person, const Stage& stage,
          double level) {
    Job& job = author.play("", stage, level);
    job.role = role;
    job.name = "work";
    job.script_job = 0;
    job.person = person;
    job.account = account_of(person, job.gpus);
    job.limit_minutes = 7 * 24 * 60;
    // a tenth of a core's worth of files, so that the heavy ones stand out
    job.does.operations /= 10;
    job.does.read.trickle = 1e5;
    return job;
}

void wasters(Author& author, const Places& at) {
    Job& cores = play(author, "wastes_400_cores", kWen,
                      {.node = at.cpu,
                       .nodes = kCrowdNodes,
                       .cores = kWasterCores,
                       .ago = 90 * kMinute,
                       .lasts = kWeek},
                      0.97);
    cores.does.busy_cores = 10;
    cores.does.memory_share = 0.05;
    Job& gpus = play(
        author, "idle_gpus", kXavier,
        {.node = at.gpu, .nodes = 2, .cores = 12, .gpus = 4, .ago = 90 * kMinute, .lasts = kWeek},
        0.9);
    gpus.does.busy_gpus = 0;
    gpus.does.core.level = 0.05;
}

void members_of_one_account(Author& author, const Places& at) {
    for (unsigned i = 0; i < kMembers; ++i) {
        Random random(mixed(0xC0D, i));
        const unsigned first = kWasterCores + 4 * (i / kCrowdNodes);
        const auto most = std::min<std::uint64_t>(4, 64 - first);
        Job& job = play(author, "member", kCrowd + i,
                        {.node = at.cpu + i % kCrowdNodes,
                         .first_core = first,
                         .cores = static_cast<unsigned>(1 + random.below(most)),
                         .ago = 30 * kMinute + static_cast<UnixTime>(i) * 2 * kMinute,
                         .lasts = kWeek},
                        random.between(0.3, 0.97));
        job.does.file_system = i % 3;
    }
    for (unsigned i = 0; i < 4; ++i) {
        Job& job = play(author, "member_with_gpu", kCrowd + 22 + i,
                        {.node = at.cpu + kCrowdNodes + 2,
                         .first_core = 8 * i,
                         .cores = 8,
                         .ago = kHour + i * kMinute,
                         .lasts = kWeek},
                        0.9);
        job.gpus = 1;
        job.account = account_of(job.person, 1);
        job.partition = "gpubase_bygpu_b2";
        // a Stage gives the first GPUs of a node; here each job has another one
        job.placements[0].gpus = {i};
        job.does.busy_gpus = 1;
        job.does.gpu.level = 0.25 + 0.2 * i;
        job.does.core.level = 0.4;
    }
    play(author, "former_member", kOlga,
         {.node = at.cpu + 5,
          .first_core = 62,
          .cores = 2,
          .ago = 90 * kMinute,
          .lasts = 40 * kMinute},
         0.8);
}

/// What of their rule series is missing, as with some kernels and exporters.
void gaps(std::vector<Job>& jobs) {
    const auto member = [&](std::string_view login) -> Job& {
        return *std::ranges::find_if(
            jobs, [&](const Job& job) { return job.role == "member" && job.login() == login; });
    };
    Job& no_limit = member("felix");
    no_limit.role = "without_memory_limit";
    no_limit.does.limited = false;
    Job& no_peak = member("hugo");
    no_peak.role = "without_memory_peak";
    no_peak.does.peak_seen = false;
    Job& no_cores = member("karine");
    no_cores.role = "without_cores";
    no_cores.does.cores_seen = false;
}

void heavy_users(std::vector<Job>& jobs, const Cluster& cluster) {
    unsigned number = 0;
    for (Job& job : jobs) {
        if (job.role != "member" || number >= 9) continue;
        const unsigned place = number / 3;
        job.does.file_system = number % 3;
        const std::string& name = cluster.file_systems[job.does.file_system];
        const double weight = 1 - 0.2 * job.does.file_system;
        if (place == 0) {
            job.role = "metadata_" + name;
            job.does.operations = 3000 * weight;
        } else if (place == 1) {
            job.role = "read_" + name;
            job.does.read.trickle = 1.5e9 * weight;
        } else {
            job.role = "write_" + name;
            job.does.write_trickle = 8e8 * weight;
        }
        ++number;
    }
}

void large_memory(Author& author, const Places& at) {
    const auto one = [&](std::string_view role, unsigned person, Stage stage,
                         std::uint64_t memory) -> Job& {
        stage.node += at.large;
        stage.lasts = kWeek;
        Job& job = play(author, role, person, stage, 0.95);
        job.partition = "cpularge_bycore_b1";
        job.memory_mib = memory;
        job.memory_per_cpu = false;
        return job;
    };
    one("largemem_good", kYasmin, {.cores = 32, .ago = 100 * kMinute}, 2 * kTebi)
        .does.memory_share = 0.7;
    Job& bad =
        one("largemem_bad", kZoe, {.first_core = 32, .cores = 16, .ago = 90 * kMinute}, kTebi);
    bad.does.memory_share = 0.003;
    bad.does.cache_share = 0.0002;
    bad.does.busy_cores = 1;
    one("largemem_unseen", kYasmin, {.node = 1, .cores = 8, .ago = 90 * kMinute}, kTebi / 2)
        .does.seen = false;
    one("largemem_young", kZoe, {.node = 1, .first_core = 8, .cores = 8, .ago = 20 * kMinute},
        kTebi)
        .does.memory_share = 0.5;
    Job& old = one("largemem_eligible_long_ago", kZoe,
                   {.node = 1, .first_core = 16, .cores = 4, .ago = 90 * kMinute}, kTebi / 4);
    old.submit = old.eligible = author.now() - 8 * 86400;
}

}  // namespace

std::vector<Job> crowd_jobs(const Settings& settings, const Scale& scale) {
    const Cluster cluster = build_cluster(settings.cluster, scale);
    const Places at = places(scale);
    Author author(settings, scale);
    author.skip_to(first_simulated_id(scale) + kFirstCrowdId);
    wasters(author, at);
    large_memory(author, at);
    members_of_one_account(author, at);
    std::vector<Job> jobs = author.jobs();
    gaps(jobs);
    heavy_users(jobs, cluster);
    return jobs;
}

bool worked_before(const Job& job, UnixTime time, const Settings& settings) {
    constexpr UnixTime kDay = 86400;
    constexpr UnixTime kShift = 6 * 3600;
    const UnixTime age = settings.now - time;
    if (time >= job.start || job.role.starts_with("largemem")) return false;
    if (job.role == "wastes_400_cores" || job.role == "idle_gpus") return age < 5 * kDay;
    if (job.role == "former_member" && age < 3 * kDay) return false;
    constexpr double kBusyShare = 0.65;
    const auto shift = static_cast<std::uint64_t>(time / kShift);
    return as_share(mixed(mixed(settings.seed, job.person), shift)) < kBusyShare;
}

}  // namespace portal::simulator
