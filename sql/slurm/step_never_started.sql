-- The same among a user's jobs that ended without a start: the end that comes after so many.
select time_end as reach
from `{cluster}_job_table`
where id_user >= ? and id_user <= ? and time_start <= 0 and time_end >= ? and time_end <= ?
order by id_user desc, time_start desc, time_end desc
limit 1 offset ?
