#include "handlers/sources/slurm/job_columns.h"

namespace portal::slurm {
namespace {

void read_numbers(const sql::Row& row, JobRow& job) {
    job.db_index = row.u64("job_db_inx");
    job.id_job = row.u32("id_job");
    job.id_user = row.u32("id_user");
    job.state = row.u32("state");
    job.state_reason = row.u32("state_reason_prev");
    job.cpus_requested = row.u32("cpus_req");
    job.memory_requested = row.u64("mem_req");
    job.nodes_allocated = row.u32("nodes_alloc");
    job.exit_code = row.u32("exit_code");
    job.array_job = row.u32("id_array_job");
    job.array_task = row.u32("id_array_task");
    job.array_pending = row.u32("array_task_pending");
    job.het_job = row.u32("het_job_id");
    job.het_offset = row.u32("het_job_offset");
}

void read_times(const sql::Row& row, JobRow& job) {
    job.time_limit_minutes = row.u32("timelimit");
    job.submit = row.u64("time_submit");
    job.eligible = row.u64("time_eligible");
    job.start = row.u64("time_start");
    job.end = row.u64("time_end");
    job.suspended = row.u64("time_suspended");
}

void read_texts(const sql::Row& row, JobRow& job) {
    job.name = row.bytes("job_name");
    job.account = row.bytes("account");
    job.account_is_null = row.is_null("account");
    job.partition = row.bytes("partition");
    job.node_list = row.bytes("nodelist");
    job.tres_requested = row.bytes("tres_req");
    job.tres_allocated = row.bytes("tres_alloc");
    job.work_dir = row.bytes("work_dir");
    job.submit_line = row.bytes("submit_line");
}

}  // namespace

JobRow read_job_row(const sql::Row& row) {
    JobRow job;
    read_numbers(row, job);
    read_times(row, job);
    read_texts(row, job);
    return job;
}

}  // namespace portal::slurm
