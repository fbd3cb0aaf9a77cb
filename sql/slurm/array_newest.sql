-- The rows of an array that came last; by the index on id_array_job, read backwards.
select {job_columns}
from `{cluster}_job_table`
where id_array_job = ? and id_user = ? and deleted = 0
order by job_db_inx desc
limit 10
