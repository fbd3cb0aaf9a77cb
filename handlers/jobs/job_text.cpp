#include "handlers/jobs/job_text.h"

#include <algorithm>

#include "handlers/jobs/wait_sentence.h"
#include "handlers/page/links.h"

namespace portal {
namespace {

using views::sentence;

views::Sentence failure_sentence(const slurm::Job& job) {
    if (job.exit_code.signal != 0) {
        return sentence("It was killed by signal {0}.",
                        {views::number_argument(job.exit_code.signal)});
    }
    if (job.exit_code.code == 0) return sentence("Slurm reports only that the job failed.");
    return sentence("The script exited with code {0}.",
                    {views::number_argument(job.exit_code.code)});
}

views::Sentence memory_sentence(const slurm::Job& job) {
    const slurm::Resources& size = job.requested.memory.count > 0 ? job.requested : job.allocated;
    if (size.memory.count == 0) return sentence("It used more memory than it was given.");
    return sentence("It used more than the {0} of memory it requested.",
                    {views::bytes_argument(static_cast<double>(size.memory.count))});
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
            if (!job.started) return sentence("It was cancelled before it started.");
            return sentence("It was cancelled while it ran.");
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

std::string job_link(const Site& site, const std::string& owner, JobId id) {
    return user_link(site, owner) + std::to_string(id.value) + "/";
}

views::JobRow job_row(const slurm::Job& job, const Site& site, const std::string& owner,
                      Instant now) {
    views::JobRow row;
    row.number = job_number(job);
    row.link = job_link(site, owner, job.id);
    row.state = job.state;
    row.state_number = job.state_number;
    row.name = job.name;
    row.account = job.account;
    row.partition = job.partition;
    row.submitted = job.submitted;
    row.started = job.started;
    row.ended = job.ended;
    row.asked_time = job.time_limit;
    if (job.started) row.used_time = job.ended.value_or(now) - *job.started - job.suspended;
    const slurm::Resources& size = job.started ? job.allocated : job.requested;
    row.nodes = size.nodes;
    row.cores = job.requested.cores > 0 ? job.requested.cores : size.cores;
    row.memory = job.requested.memory.count > 0 ? job.requested.memory : size.memory;
    row.gpus = std::max(size.gpus.count, job.requested.gpus.count);
    row.wait_reason = wait_sentence(job);
    return row;
}

}  // namespace portal
