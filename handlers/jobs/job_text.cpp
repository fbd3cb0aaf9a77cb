#include "handlers/jobs/job_text.h"

#include <algorithm>
#include <array>

#include "handlers/jobs/shares.h"
#include "handlers/jobs/wait_sentence.h"
#include "handlers/page/links.h"

namespace portal {
namespace {

using views::sentence;

/// Signals that end jobs, by the names that people search for.
views::Sentence signal_sentence(std::uint32_t signal) {
    constexpr std::pair<std::uint32_t, std::string_view> kNames[] = {
        {1, "SIGHUP"},   {2, "SIGINT"},   {3, "SIGQUIT"},  {4, "SIGILL"},   {6, "SIGABRT"},
        {7, "SIGBUS"},   {8, "SIGFPE"},   {9, "SIGKILL"},  {10, "SIGUSR1"}, {11, "SIGSEGV"},
        {12, "SIGUSR2"}, {13, "SIGPIPE"}, {15, "SIGTERM"}, {24, "SIGXCPU"}, {25, "SIGXFSZ"}};
    const views::Argument number = views::number_argument(signal);
    for (const auto& [known, name] : kNames) {
        if (known != signal) continue;
        return sentence("It was killed by signal {0} ({1}).",
                        {number, views::text_argument(std::string(name))});
    }
    return sentence("It was killed by signal {0}.", {number});
}

/// What the shell means by an exit code; above 128 the last command was killed.
views::Sentence exit_sentence(std::uint32_t code) {
    constexpr std::uint32_t kKilled = 128;
    constexpr std::uint32_t kLastSignal = 64;
    const views::Argument number = views::number_argument(code);
    switch (code) {
        case 1:
            return sentence(
                "The script exited with code {0}: its last command failed. The end of its output "
                "says why.",
                {number});
        case 2:
            return sentence(
                "The script exited with code {0}: often a wrong option, or a file that is not "
                "there. The end of its output says which.",
                {number});
        case 126:
            return sentence(
                "The script exited with code {0}: a command was found, but cannot be run. Check "
                "that it is executable.",
                {number});
        case 127:
            return sentence(
                "The script exited with code {0}: a command was not found. Check its spelling, and "
                "that the modules it needs are loaded.",
                {number});
        default:
            break;
    }
    if (code > kKilled && code <= kKilled + kLastSignal) {
        return signal_sentence(code - kKilled);
    }
    return sentence("The script exited with code {0}.", {number});
}

views::Sentence failure_sentence(const slurm::Job& job) {
    if (job.exit_code.signal != 0) return signal_sentence(job.exit_code.signal);
    if (job.exit_code.code == 0) return sentence("Slurm reports only that the job failed.");
    return exit_sentence(job.exit_code.code);
}

views::Sentence memory_sentence(const slurm::Job& job) {
    const Bytes had = size_of(job).memory;
    if (had.count == 0) return sentence("It used more memory than it was given.");
    const auto amount = views::bytes_argument(static_cast<double>(had.count));
    if (had == job.requested.memory) {
        return sentence("It used more than the {0} of memory it requested.", {amount});
    }
    return sentence("It used more than the {0} of memory it was given.", {amount});
}

views::Sentence cancelled_sentence(const slurm::Job& job) {
    const bool ran = job.started.has_value();
    if (!job.cancelled_by) {
        return ran ? sentence("It was cancelled while it ran.")
                   : sentence("It was cancelled before it started.");
    }
    if (job.cancelled_by == job.owner) {
        return ran ? sentence("It was cancelled while it ran, by its owner.")
                   : sentence("It was cancelled before it started, by its owner.");
    }
    if (*job.cancelled_by == Uid{0}) {
        return ran ? sentence("It was cancelled while it ran, by an administrator or the system.")
                   : sentence(
                         "It was cancelled before it started, by an administrator or the "
                         "system.");
    }
    return ran ? sentence("It was cancelled while it ran, by somebody other than its owner.")
               : sentence("It was cancelled before it started, by somebody other than its owner.");
}

views::Sentence timeout_sentence(const slurm::Job& job) {
    if (!job.time_limit) return sentence("Stopped: it reached its time limit.");
    return sentence("Stopped: it reached its time limit of {0}.",
                    {views::duration_argument(*job.time_limit)});
}

}  // namespace

views::Sentence state_sentence(const slurm::Job& job) {
    switch (job.state) {
        case JobState::Pending:
            return wait_sentence(job);
        case JobState::Failed:
            return failure_sentence(job);
        case JobState::OutOfMemory:
            return memory_sentence(job);
        case JobState::Timeout:
            return timeout_sentence(job);
        case JobState::Cancelled:
            return cancelled_sentence(job);
        case JobState::NodeFail:
            return sentence("A node failed. It wasn't your fault; submit the job again.");
        case JobState::BootFail:
            return sentence("A node failed to boot. It wasn't your fault; submit the job again.");
        case JobState::Deadline:
            return sentence("Slurm stopped it because it could not finish before its deadline.");
        case JobState::Preempted:
            return sentence("It was stopped to make room for a higher-priority job.");
        case JobState::Requeued:
            return sentence("This attempt was requeued.");
        case JobState::Resized:
            return sentence("The job was resized here and continued with another size.");
        case JobState::Suspended:
            return sentence("The job is suspended and is not computing.");
        case JobState::Unknown:
            return sentence("Slurm reports state {0}, which this portal does not know.",
                            {views::number_argument(job.state_number)});
        default:
            return {};
    }
}

views::Sentence unnamed_owner(Uid owner) {
    return sentence(
        "The directory names nobody for user number {0}: no entry has it, several have it, or its "
        "login cannot be shown.",
        {views::text_argument(std::to_string(owner.value))});
}

std::string job_number(const slurm::Job& job) {
    if (job.array && job.array_task) {
        return std::to_string(job.array->value) + "_" + std::to_string(*job.array_task);
    }
    if (job.het_job) {
        return std::to_string(job.het_job->value) + "+" + std::to_string(job.het_offset);
    }
    return std::to_string(job.id.value);
}

std::string user_link(const Site& site, const std::string& owner) {
    return module_link(site, "jobstats", owner);
}

std::string job_base(const Site& site, const std::string& owner, JobId id) {
    return user_link(site, owner) + std::to_string(id.value) + "/";
}

std::string attempt_query(const slurm::Job& job) {
    return job.superseded ? "?attempt=" + std::to_string(job.db_index) : "";
}

std::string job_link(const Site& site, const std::string& owner, const slurm::Job& job) {
    return job_base(site, owner, job.id) + attempt_query(job);
}

std::string array_base(const Site& site, const std::string& owner, JobId array) {
    return user_link(site, owner) + "array/" + std::to_string(array.value) + "/";
}

std::string array_link(const Site& site, const std::string& owner, const slurm::Job& job) {
    const std::string base = array_base(site, owner, job.array.value_or(job.id));
    return job.array_next ? base + "?attempt=" + std::to_string(job.db_index) : base;
}

std::string task_link(const Site& site, const std::string& owner, const slurm::Job& job,
                      std::uint32_t task) {
    if (job.array_task) return job_link(site, owner, job);
    const std::string link = array_link(site, owner, job);
    return link + (job.array_next ? "&task=" : "?task=") + std::to_string(task);
}

views::JobRow job_row(const slurm::Job& job, const Site& site, const std::string& owner,
                      Instant now) {
    views::JobRow row;
    row.number = job_number(job);
    row.link = job_link(site, owner, job);
    row.state = job.state;
    row.state_number = job.state_number;
    row.name = job.name;
    row.account = job.account;
    row.partition = job.partition;
    row.submitted = job.submitted;
    row.started = job.started;
    row.ended = job.ended;
    row.asked_time = job.time_limit;
    row.unlimited = job.unlimited;
    row.run_unknown = job.fault != slurm::RowFault::None;
    row.used_time = ran_so_far(job, now);
    const slurm::Resources size = size_of(job);
    row.nodes = size.nodes;
    row.cores = size.cores;
    row.memory = size.memory;
    row.gpus = size.gpus.count;
    row.wait_reason = wait_sentence(job);
    return row;
}

}  // namespace portal
