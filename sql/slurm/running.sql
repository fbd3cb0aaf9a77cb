-- Jobs of a user that run now or are suspended; time_end finds them by an index.
select job_db_inx, id_job, id_user, job_name, account, `partition`, state, state_reason_prev,
       timelimit, time_submit, time_eligible, time_start, time_end, time_suspended,
       cpus_req, mem_req, nodes_alloc, nodelist, tres_req, tres_alloc, exit_code,
       id_array_job, id_array_task, array_task_pending, het_job_id, het_job_offset,
       work_dir, {optional:submit_line}
from {cluster}_job_table
where id_user = ? and time_end = 0 and state in (1, 2) and deleted = 0
order by time_start desc, job_db_inx desc
limit 5000
