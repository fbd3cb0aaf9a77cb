-- Rows of everybody that ended in a short time, from a place on. Rows that Slurm has not completed
-- yet name nobody.
select {job_columns}
from `{cluster}_job_table`
where time_end >= ? and time_end <= ? and (time_end > ? or job_db_inx > ?)
  and deleted = 0 and not (id_user = 0 and account is null)
order by time_end, job_db_inx
limit ?
