-- Jobs of a user that run now or are suspended; time_end finds them by an index. Slurm may write
-- one of its numbers for "unknown" there.
select {job_columns}
from `{cluster}_job_table`
where id_user = ? and time_end in (0, 4294967294, 4294967295) and state in (1, 2) and deleted = 0
order by time_start desc, job_db_inx desc
limit ?
