-- Jobs of everybody that run in partitions of a name, the last submitted first. The index on
-- (time_end, time_eligible) finds what runs or waits; nothing is indexed by start or partition.
select job_db_inx, id_job, id_user, job_name, account, `partition`, state, state_reason_prev,
       timelimit, time_submit, time_eligible, time_start, time_end, time_suspended,
       cpus_req, mem_req, nodes_alloc, nodelist, tres_req, tres_alloc, exit_code,
       id_array_job, id_array_task, array_task_pending, het_job_id, het_job_offset,
       work_dir, {optional:submit_line}
from {cluster}_job_table
where time_end = 0 and time_eligible >= ? and state = 1 and deleted = 0
  and time_start > 0 and time_start <= ?
  and lower(convert(`partition` using utf8mb4)) like lower(?) escape '!'
order by time_submit desc, job_db_inx desc
limit ?
