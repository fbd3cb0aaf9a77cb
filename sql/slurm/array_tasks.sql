-- Tasks of an array that was submitted around some time, since numbers come again; of several
-- attempts of one task the newest comes first.
select {job_columns}
from `{cluster}_job_table`
where id_array_job = ? and id_user = ? and deleted = 0
  and time_submit >= ? and time_submit <= ?
order by id_array_task, time_submit desc, job_db_inx desc
limit ?
