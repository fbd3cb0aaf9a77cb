#include "handlers/sources/own/summaries/summary.h"

namespace portal::database {

SummaryMark mark_of(const Summary& summary) {
    return {.job_db_inx = summary.job_db_inx,
            .id_job = summary.id_job,
            .time_submit = summary.time_submit,
            .time_end = summary.time_end,
            .state = summary.state,
            .rules_version = summary.rules_version,
            .cores_used = summary.cores_used,
            .memory_peak = summary.memory_peak,
            .gpus = summary.gpus,
            .gpu_used = summary.gpu_used,
            .grade_cores = summary.grade_cores,
            .grade_memory = summary.grade_memory,
            .grade_gpu = summary.grade_gpu,
            .flags = summary.flags};
}

}  // namespace portal::database
