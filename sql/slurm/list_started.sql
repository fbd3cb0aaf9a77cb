-- Jobs of a user that began, newest first, from a cursor on. The order is that of the index on
-- (id_user, time_start, time_end) read backwards, so a page costs the same everywhere.
-- The user is given as a range of one: with = the optimizer forgets the cursor and reads all of a
-- user's rows if there are very many.
select {job_columns}
from `{cluster}_job_table`
where id_user >= ? and id_user <= ? and deleted = 0
  and time_start >= ? and time_start <= ?
  and (time_start < ? or (time_start = ?
       and (time_end < ? or (time_end = ? and job_db_inx < ?))))
  and (time_end = 0 or time_end >= ?)
  and {job_filter}
order by id_user desc, time_start desc, time_end desc, job_db_inx desc
limit ?
