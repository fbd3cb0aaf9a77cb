-- Tasks of an array; of several attempts of one task the newest comes first.
select {job_columns}
from {cluster}_job_table
where id_array_job = ? and id_user = ? and deleted = 0
order by id_array_task, time_submit desc, job_db_inx desc
limit ?
