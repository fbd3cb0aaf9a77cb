-- The job that is this task of an array, the newest attempt.
select {job_columns}
from `{cluster}_job_table`
where id_array_job = ? and id_user = ? and id_array_task = ? and deleted = 0
order by time_submit desc, job_db_inx desc
limit 10
