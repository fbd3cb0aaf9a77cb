#include "handlers/jobs/list_verdict.h"

#include <cmath>
#include <vector>

#include "handlers/jobs/shares.h"

namespace portal {
namespace {

using views::Grade;
using views::RowVerdict;
using views::sentence;

/// Less than this is not worth a word: about what comes with a core.
constexpr double kLeastMemory = 4 * kGibibyte;
constexpr double kAlmostNone = 0.005;

views::Sentence failure(const slurm::Job& job) {
    if (job.exit_code.signal != 0) {
        return sentence("signal {0}", {views::number_argument(job.exit_code.signal)});
    }
    if (job.exit_code.code == 0) return {};
    return sentence("exit code {0}", {views::number_argument(job.exit_code.code)});
}

/// How a job ended that went wrong.
views::Sentence end_of(const slurm::Job& job) {
    switch (job.state) {
        case JobState::Failed:
            return failure(job);
        case JobState::OutOfMemory:
            return sentence("memory limit reached");
        case JobState::Timeout:
            return sentence("time limit reached");
        case JobState::Deadline:
            return sentence("deadline reached");
        case JobState::NodeFail:
        case JobState::BootFail:
            return sentence("not your fault");
        default:
            return {};
    }
}

bool is_judged(JobState state) {
    return state == JobState::Running || state == JobState::Completed ||
           state == JobState::Cancelled;
}

bool falls_short(const views::Share& share) {
    return share.grade == Grade::Fair || share.grade == Grade::Poor;
}

RowVerdict of_gpus(const views::JobRow& row) {
    const auto share = number(row.gpu_share.value);
    if (!share || row.gpu_share.grade == Grade::Odd) return {};
    if (!falls_short(row.gpu_share)) return {row.gpu_share.grade, {}};
    if (*share < kAlmostNone) {
        return {row.gpu_share.grade,
                views::plural_sentence("{0} GPU idle", "{0} GPUs idle", row.gpus)};
    }
    return {row.gpu_share.grade, sentence("GPUs {0}", {views::percent_argument(*share)})};
}

RowVerdict of_cores(const views::JobRow& row) {
    const auto share = number(row.cores_share.value);
    if (!share || row.cores_share.grade == Grade::Odd) return {};
    if (!falls_short(row.cores_share)) return {row.cores_share.grade, {}};
    const double idle = row.cores * (1 - *share);
    if (idle < 1) return {};
    return {row.cores_share.grade,
            sentence("{0} of {1} cores idle", {views::number_argument(std::round(idle)),
                                               views::number_argument(row.cores)})};
}

RowVerdict of_memory(const views::JobRow& row) {
    const auto share = number(row.memory_share.value);
    if (!share || !falls_short(row.memory_share)) return {};
    const double unused = static_cast<double>(row.memory.count) * (1 - *share);
    if (unused < kLeastMemory) return {};
    return {row.memory_share.grade, sentence("memory {0}", {views::percent_argument(*share)})};
}

int weight(const RowVerdict& verdict) {
    if (verdict.grade == Grade::Poor) return 2;
    return verdict.grade == Grade::Fair ? 1 : 0;
}

}  // namespace

RowVerdict row_verdict(const slurm::Job& job, const views::JobRow& row) {
    if (!is_judged(job.state)) return {Grade::Unknown, end_of(job)};
    if (row.gpus > 0) return of_gpus(row);
    RowVerdict cores = of_cores(row);
    RowVerdict memory = of_memory(row);
    return weight(memory) > weight(cores) ? memory : cores;
}

bool is_wasteful(const RowVerdict& verdict) {
    return verdict.grade == Grade::Poor;
}

}  // namespace portal
