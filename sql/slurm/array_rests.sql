-- What has not been split off arrays of this number yet, or was cancelled before it was, the newest
-- first. Slurm gives that row the number of the array.
select {job_columns}
from `{cluster}_job_table`
where id_job = ? and id_array_job = ? and id_user = ? and array_task_str <> ''
  and id_array_task >= 4294967294 and deleted = 0
order by time_submit desc, job_db_inx desc
limit 10
