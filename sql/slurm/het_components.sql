-- Components of a heterogeneous job; of several attempts of one the newest comes first.
select job_db_inx, id_job, id_user, job_name, account, `partition`, state, state_reason_prev,
       timelimit, time_submit, time_eligible, time_start, time_end, time_suspended,
       cpus_req, mem_req, nodes_alloc, nodelist, tres_req, tres_alloc, exit_code,
       id_array_job, id_array_task, array_task_pending, het_job_id, het_job_offset,
       work_dir, {optional:submit_line}
from {cluster}_job_table
where het_job_id = ? and id_user = ? and deleted = 0
order by het_job_offset, time_submit desc, job_db_inx desc
limit 1000
