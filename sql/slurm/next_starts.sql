-- The jobs of a user that began at some time or after it, the first first; the user as a range of
-- one, as in list_started.
select {job_columns}
from `{cluster}_job_table`
where id_user >= ? and id_user <= ? and time_start >= ? and deleted = 0
order by id_user, time_start
limit ?
