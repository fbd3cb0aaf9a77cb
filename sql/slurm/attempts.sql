-- All attempts of one job, the newest first. A requeued or resized job has several.
select {job_columns}
from `{cluster}_job_table`
where id_job = ? and id_user = ? and deleted = 0
order by time_submit desc, job_db_inx desc
limit 200
