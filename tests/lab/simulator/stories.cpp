#include "stories.h"

#include <algorithm>

#include "author.h"
#include "crowd.h"
#include "people.h"

namespace portal::simulator {
namespace {

void ends(Job& job, State state, std::uint32_t exit_code) {
    job.final_state = state;
    job.exit_code = exit_code;
}

void large_jobs(Author& author, UnixTime window) {
    author
        .play("cores_640", {.nodes = 10, .cores = 64, .ago = window - kHour, .lasts = 70 * kMinute},
              0.93)
        .person = kBob;
    author.play("multi_node_512_cores",
                {.nodes = 8, .cores = 64, .ago = window - 3 * kHour, .lasts = 75 * kMinute}, 0.95);
    author.play("gpu_multi_node",
                {.nodes = 2, .cores = 24, .gpus = 4, .ago = 30 * kHour, .lasts = 3 * kHour}, 0.85);
}

void cpu_jobs(Author& author) {
    author.play("good_cpu", {.cores = 32, .ago = 12 * kHour, .lasts = 4 * kHour}, 0.94);
    author
        .play("wasted_cores", {.node = 1, .cores = 32, .ago = 10 * kHour, .lasts = 3 * kHour}, 0.97)
        .does.busy_cores = 1;
    author.story("wasted_cores").advice = "cores-idle";
    Job& hog = author.play("memory_hog",
                           {.node = 2, .cores = 8, .ago = 9 * kHour, .lasts = 150 * kMinute}, 0.9);
    hog.memory_mib = 200 * kGibi;
    hog.memory_per_cpu = false;
    hog.does.memory_share = 0.03;
    hog.does.cache_share = 0.005;
    hog.advice = "memory-unused";
    Job& killed = author.play("out_of_memory",
                              {.node = 3, .cores = 4, .ago = 8 * kHour, .lasts = 2 * kHour}, 0.8);
    killed.does.leaks = true;
    killed.does.memory_share = 1;
    killed.advice = "memory-rising";
    ends(killed, State::OutOfMemory, kExitOutOfMemory);
    Job& late = author.play(
        "timeout", {.first_core = 32, .cores = 16, .ago = 7 * kHour, .lasts = 2 * kHour}, 0.9);
    late.limit_minutes = 120;
    late.advice = "timed-out";
    ends(late, State::Timeout, 0);
    ends(author.play("failed_early",
                     {.node = 1, .cores = 8, .ago = 5 * kHour, .lasts = 6 * kMinute}, 0.6),
         State::Failed, 256);
    author.play("short_job", {.node = 1, .ago = 4 * kHour, .lasts = 40}, 0.9);
    ends(author.play("cancelled_running",
                     {.node = 1, .cores = 2, .ago = 6 * kHour, .lasts = 50 * kMinute}, 0.9),
         State::Cancelled, 0);
    Job& running = author.play("running_cpu",
                               {.node = 4, .cores = 16, .ago = 3 * kHour, .lasts = kWeek}, 0.92);
    running.limit_minutes = 7 * 24 * 60;
    Job& other = author.play(
        "running_wasted",
        {.node = 4, .first_core = 16, .cores = 24, .ago = 2 * kHour, .lasts = kWeek}, 0.9);
    other.person = kCarol;
    other.account = account_of(kCarol, 0);
    other.limit_minutes = 7 * 24 * 60;
    other.does.busy_cores = 2;
    other.advice = "cores-idle";
}

void gpu_jobs(Author& author) {
    author.play("gpu_good", {.cores = 24, .gpus = 4, .ago = 20 * kHour, .lasts = 6 * kHour}, 0.95);
    author
        .play("gpu_idle",
              {.node = 1, .cores = 12, .gpus = 2, .ago = 11 * kHour, .lasts = 3 * kHour}, 0.9)
        .does.busy_gpus = 0;
    author.story("gpu_idle").advice = "gpus-unused";
    Job& running = author.play(
        "running_gpu", {.node = 2, .cores = 12, .gpus = 2, .ago = 150 * kMinute, .lasts = kWeek},
        0.88);
    running.limit_minutes = 7 * 24 * 60;
}

void named_jobs(Author& author) {
    author.play("html_name", {.node = 5, .cores = 2, .ago = 14 * kHour, .lasts = 90 * kMinute}, 0.9)
        .name = R"(<b>&"x"</b>')";
    Job& raw = author.play(
        "unicode_name",
        {.node = 5, .first_core = 8, .cores = 2, .ago = 13 * kHour, .lasts = 80 * kMinute}, 0.9);
    raw.name = "漢字 é œ";
    raw.raw_name = true;
    author
        .play("latin1_name",
              {.node = 5, .first_core = 16, .cores = 2, .ago = 12 * kHour, .lasts = 80 * kMinute},
              0.9)
        .name = "?? é œ";
}

void repeated_jobs(Author& author) {
    Job& first = author.play(
        "requeued", {.node = 6, .cores = 8, .ago = 16 * kHour, .lasts = 55 * kMinute}, 0.9);
    ends(first, State::Requeued, 0);
    first.attempt = true;
    Job& second =
        author.play("", {.node = 6, .cores = 8, .ago = 15 * kHour, .lasts = 100 * kMinute}, 0.9);
    second.id = second.script_job = first.id;
    second.name = "requeued";
    second.submit = first.start + first.duration;
    second.eligible = second.submit + 121;
    second.attempt = true;
    Job& wide = author.play(
        "resized",
        {.node = 6, .nodes = 2, .first_core = 16, .cores = 8, .ago = 9 * kHour, .lasts = kHour},
        0.9);
    ends(wide, State::Resized, 0);
    wide.attempt = true;
    Job& narrow = author.play(
        "", {.node = 6, .first_core = 16, .cores = 8, .ago = 8 * kHour, .lasts = 90 * kMinute},
        0.9);
    narrow.id = narrow.script_job = wide.id;
    narrow.name = "resized";
    narrow.submit = narrow.start;
    narrow.row_start = wide.start;
    narrow.attempt = true;
}

void array_and_het(Author& author) {
    std::uint32_t array = 0;
    std::uint32_t script = 0;
    for (unsigned task = 1; task <= 5; ++task) {
        const bool runs = task > 3;
        Job& job = author.play(task == 1 ? "array_task" : "",
                               {.node = 8,
                                .first_core = 4 * task,
                                .cores = 4,
                                .ago = runs ? 40 * kMinute : 6 * kHour,
                                .lasts = runs ? kWeek : 50 * kMinute},
                               0.9);
        if (task == 1) {
            array = job.id + 60;  // the id that the rest keeps
            script = job.id;
        }
        job.script_job = script;
        job.name = "sweep";
        job.array_job = array;
        job.array_task = task;
        job.array_throttle = 2;
        job.limit_minutes = runs ? 7 * 24 * 60 : 75;
        job.submit = job.eligible = author.now() - 6 * kHour - 5 * kMinute;
    }
    Job& leader = author.play(
        "het", {.node = 8, .first_core = 32, .cores = 8, .ago = 5 * kHour, .lasts = 65 * kMinute},
        0.9);
    const std::uint32_t het = leader.id;
    leader.het_job = het;
    leader.het_offset = 0;
    Job& follower = author.play(
        "het_second", {.node = 9, .cores = 4, .ago = 5 * kHour, .lasts = 65 * kMinute}, 0.9);
    follower.name = leader.name;
    follower.het_job = het;
    follower.het_offset = 1;
}

/// What became of a task of the mixed array, in its newest attempt.
State end_of_task(unsigned task) {
    switch (task) {
        case 3:
        case 17:
        case 18:
            return State::Failed;
        case 9:
            return State::OutOfMemory;
        case 12:
            return State::Timeout;
        case 16:
            return State::Cancelled;
        default:
            return task == 15 || task > 22 ? State::Running : State::Completed;
    }
}

/// An array whose tasks ended in all ways that there are, run or wait; rows only.
void mixed_array(Author& author) {
    Job& rest = author.wait("array_mixed", 8 * kHour);
    rest.name = "grid_search";
    rest.array_job = rest.id;
    rest.array_rest = "25-30%6";
    rest.array_waiting = 6;
    rest.array_throttle = 6;
    rest.eligible = kUnlimited;
    rest.reason = 72;
    for (unsigned task = 1; task <= 24; ++task) {
        const State state = end_of_task(task);
        const bool repeated = task == 14 || task == 15;
        const UnixTime ago = 7 * kHour - task * 12 * kMinute;
        const UnixTime lasts = task == 20 ? 2 * kHour : 30 * kMinute + 37 * task % 600;
        const State first = task == 14 ? State::Requeued : State::Failed;
        Job& job = author.note(task == 3 ? "array_mixed_failed" : "", repeated ? first : state, ago,
                               state == State::Running && !repeated ? 0 : lasts);
        job.name = rest.name;
        job.node_list = "nc10005";
        job.array_job = rest.id;
        job.array_task = task;
        job.submit = rest.submit;
        if (job.state == State::Failed) job.exit_code = 256;
        if (!repeated) continue;
        job.attempt = true;
        Job& again =
            author.note("", state, ago - lasts - 10 * kMinute, state == State::Running ? 0 : lasts);
        again.id = again.script_job = job.id;
        again.name = rest.name;
        again.node_list = job.node_list;
        again.array_job = rest.id;
        again.array_task = task;
        again.submit = again.eligible = job.end;
        again.attempt = true;
    }
}

/// Returns the id of the one that waits for `running`.
std::uint32_t waiting_rows(Author& author, std::uint32_t array, std::uint32_t running) {
    Job& rest = author.wait("array_parent", 6 * kHour + 5 * kMinute);
    rest.id = array;
    rest.name = "sweep";
    rest.array_job = array;
    rest.array_rest = "0x1FFFFFFFFC0";  // tasks 6-40
    rest.array_waiting = 35;
    rest.array_throttle = 2;
    rest.eligible = kUnlimited;
    rest.reason = 72;
    author.wait("pending", 35 * kMinute).reason = 1;
    Job& held = author.wait("pending_held", 2 * kHour);
    held.reason = 16;
    held.priority = 0;
    held.eligible = 0;
    Job& dependent = author.wait("pending_dependency", 90 * kMinute);
    dependent.reason = 2;
    dependent.eligible = 0;
    dependent.dependency = "afterok:" + std::to_string(running);
    Job& gpu = author.wait("pending_gpu", 50 * kMinute);
    gpu.gpus = 2;
    gpu.account = account_of(kAlice, 2);
    gpu.partition = "gpubase_bygpu_b1,gpubase_bygpu_b2";
    gpu.reason = 3;
    Job& never = author.wait("never_started_cancelled", 10 * kHour);
    never.state = State::Cancelled;
    never.end = never.submit + kHour;
    Job& both = author.wait("never_started_same_time", 11 * kHour);
    both.state = State::Cancelled;
    both.start = both.end = both.submit + kHour;
    return dependent.id;
}

/// A job that waits for one that waits itself.
void chain_end(Author& author, std::uint32_t dependent) {
    Job& last = author.wait("chain_last", 80 * kMinute);
    last.reason = 2;
    last.eligible = 0;
    last.dependency = "afterany:" + std::to_string(dependent) + ",singleton";
}

void odd_rows(Author& author, UnixTime span) {
    author.note("blind_exporter", State::Completed, 15 * kHour, 2 * kHour);
    author.note("past_retention", State::Completed, span - 5 * 86400, 5 * kHour);
    author.note("node_fail", State::NodeFail, 17 * kHour, 40 * kMinute);
    author.note("preempted", State::Preempted, 18 * kHour, 30 * kMinute);
    author.note("boot_fail", State::BootFail, 19 * kHour, 5 * kMinute);
    author.note("deadline", State::Deadline, 20 * kHour, 3 * kHour);
    author.note("unknown_state", kUnheard, 21 * kHour, 2 * kHour);
    Job& stopped = author.note("suspended", State::Suspended, 3 * kHour, 0);
    stopped.suspended = author.now() - 30 * kMinute - 4;
    author.note("unlimited", State::Completed, 22 * kHour, 2 * kHour).limit_minutes = kUnlimited;
    author.note("no_tres", State::Failed, 23 * kHour, kMinute).bare = true;
    Job& skeleton = author.note("skeleton", State::Completed, 10 * kMinute, 20);
    skeleton.skeleton = true;
    skeleton.name = "allocation";
    Job& instant = author.note("zero_seconds", State::Failed, 16 * kHour, 0);
    instant.end = instant.start;
    instant.name = "=1+1";  // a spreadsheet takes it for a formula
}

/// What the portal's rules speak of, one job each.
void wasteful_jobs(Author& author) {
    Job& lone = author.play(
        "one_busy_node", {.nodes = 8, .cores = 16, .ago = 26 * kHour, .lasts = 90 * kMinute}, 0.95);
    lone.does.busy_cores = 16;
    lone.advice = "nodes-idle";
    Job& dead = author.play("dead_rank",
                            {.cores = 24, .gpus = 4, .ago = 26 * kHour, .lasts = 2 * kHour}, 0.93);
    dead.does.busy_gpus = 3;
    dead.advice = "gpus-idle";
    Job& held = author.play(
        "gpu_not_shown", {.node = 1, .cores = 12, .gpus = 2, .ago = 26 * kHour, .lasts = 2 * kHour},
        0.93);
    held.does.busy_gpus = held.does.blind_gpus = 1;
    Job& cached = author.play("cache_growth", {.node = 8, .cores = 4, .ago = 26 * kHour}, 0.92);
    cached.does.memory_share = 0.2;
    cached.does.cache_share = 0.9;
    cached.advice = "memory-cache";
    Job& crowded = author.play("many_threads", {.node = 9, .cores = 8, .ago = 26 * kHour}, 0.95);
    crowded.does.threads = 4;
    crowded.script = "export OMP_NUM_THREADS=32\n";
    crowded.advice = "script-threads,threads-many";
    Job& script =
        author.play("bad_script", {.node = 9, .first_core = 8, .cores = 4, .ago = 26 * kHour}, 0.9);
    script.script = "conda activate study\nsleep 20m\n";
    script.advice = "script-conda,script-sleep";
    Job& saves = author.play("checkpoints",
                             {.node = 9, .first_core = 16, .cores = 16, .ago = 26 * kHour}, 0.9);
    saves.does.core.pause = {.offset = 300, .period = 900, .length = 60};
}

/// What is said about files, one job each.
void busy_files(Author& author) {
    const auto play = [&](const char* story, unsigned first_core) -> Job& {
        return author.play(
            story, {.node = 9, .first_core = first_core, .cores = 4, .ago = 26 * kHour}, 0.9);
    };
    Job& tiny = play("tiny_reads", 48);
    tiny.does.request_bytes = 4096;
    tiny.does.read = {.per_second = 0, .trickle = 900.0 * 4096};
    tiny.advice = "tiny-reads";
    Job& temporary = play("temporary_files", 52);
    temporary.does.operations = 300;
    temporary.advice = "temporary-files";
    Job& storm = play("metadata_storm", 56);
    storm.does.operations = 3000;
    storm.advice = "file-operations";
}

/// Beside its main program others take core time: one of the same name, some without a right to
/// their names, and more than a graph shows.
void many_programs(Author& author) {
    Job& job = author.play("many_programs",
                           {.node = 9, .first_core = 32, .cores = 16, .ago = 26 * kHour}, 0.9);
    job.does.program = "/home/alice/v2/bin/solve";
    job.does.helpers = {{"/home/alice/v1/bin/solve", 0.2},
                        {R"(/home/alice/<i>&\"x\"')", 0.1},
                        {"/home/alice/" + std::string(150, 'x'), 0.05},
                        {"", 0.02}};
    for (int i = 1; i <= 10; ++i) {
        job.does.helpers.push_back({"/usr/bin/tool" + std::to_string(i), 0.01});
    }
}

}  // namespace

std::vector<Job> simulated_stories(const Settings& settings, const Scale& scale) {
    Author author(settings, scale);
    large_jobs(author, scale.window);
    cpu_jobs(author);
    gpu_jobs(author);
    named_jobs(author);
    repeated_jobs(author);
    array_and_het(author);
    wasteful_jobs(author);
    busy_files(author);
    many_programs(author);
    std::vector<Job> jobs = author.jobs();
    for (Job& job : crowd_jobs(settings, scale)) jobs.push_back(std::move(job));
    std::ranges::stable_sort(jobs, {}, &Job::start);
    return jobs;
}

std::vector<Job> row_stories(const Settings& settings, const Scale& scale) {
    const std::vector<Job> simulated = simulated_stories(settings, scale);
    const auto story = [&](std::string_view name) {
        return *std::ranges::find(simulated, name, &Job::story);
    };
    Author author(settings, scale);
    author.skip_to(first_simulated_id(scale) + 100);
    const std::uint32_t dependent =
        waiting_rows(author, story("array_task").array_job, story("running_cpu").id);
    odd_rows(author, scale.span);
    author.skip_to(first_simulated_id(scale) + 45);  // between those that are simulated and these
    mixed_array(author);
    chain_end(author, dependent);
    return author.jobs();
}

}  // namespace portal::simulator
