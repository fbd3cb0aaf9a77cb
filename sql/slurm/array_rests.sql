-- What has not been split off arrays of this number yet, the newest first.
select {job_columns}
from `{cluster}_job_table`
where id_array_job = ? and id_user = ? and array_task_str <> '' and state = 0 and deleted = 0
order by time_submit desc, job_db_inx desc
limit 10
