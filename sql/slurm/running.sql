-- Jobs of a user that run now or are suspended; time_end finds them by an index.
select {job_columns}
from `{cluster}_job_table`
where id_user = ? and time_end = 0 and state in (1, 2) and deleted = 0
order by time_start desc, job_db_inx desc
limit 5000
