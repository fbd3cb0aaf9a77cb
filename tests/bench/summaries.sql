-- A million job summaries: of the rows that rows.sql made, 300,000 of the user `heavy`, the others
-- of two thousand people. What each job used is drawn from its number, so that it is the same each
-- time.
set sql_mode = '';
truncate job_summary;
insert into job_summary (job_db_inx, id_job, id_user, login, account, `partition`, name, stem,
    state, time_submit, time_start, time_end, wait_s, run_s, time_limit_s, cores_requested,
    cores, memory, gpus, nodes, cores_used, memory_peak, energy_j, wasted_core_s,
    wasted_memory_s, wasted_gpu_s, cost, wasted_cost, covered, flags, grade_time, grade_cores,
    grade_memory, rules, rules_version, made)
select j.job_db_inx, j.id_job, j.id_user,
    if(j.id_user = 3000004, a.user, concat('u', j.id_job % 2000)), j.account, j.`partition`,
    concat('train-', j.id_job % 40, '-', j.id_job % 977), concat('train-', j.id_job % 40), j.state,
    j.time_submit, j.time_start, j.time_end, j.time_start - j.time_submit,
    j.time_end - j.time_start, j.timelimit * 60, j.cpus_req, j.cpus_req, 4 << 30, 0, 1,
    j.cpus_req * rand(j.job_db_inx), (4 << 30) * rand(j.job_db_inx + 1),
    j.cpus_req * 9000, j.cpus_req * (j.time_end - j.time_start) * (1 - rand(j.job_db_inx)),
    (4 << 30) * 600, 0, j.cpus_req * 0.01, j.cpus_req * 0.01 * (1 - rand(j.job_db_inx)), 1, 0, 1, 1,
    1, '', '0123456789abcdef', j.time_end + 600
from slurm_acct_db.narval_job_table j
join slurm_acct_db.narval_assoc_table a using (id_assoc)
where j.id_job between 60000001 and 60999000;
analyze table job_summary;
