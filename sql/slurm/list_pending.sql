-- Waiting jobs of a user, the last to arrive first, from a cursor on.
-- The user is given as a range of one: with = the optimizer forgets the cursor and reads all of a
-- user's rows if there are very many.
select {job_columns}
from `{cluster}_job_table`
where id_user >= ? and id_user <= ? and deleted = 0
  and time_start <= 0 and time_end <= 0 and state = 0
  and job_db_inx < ?
  and time_submit >= ? and time_submit < ?
  and {job_filter}
order by id_user desc, time_start desc, time_end desc, job_db_inx desc
limit ?
