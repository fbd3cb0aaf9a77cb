-- How far back a step of a long search among a user's jobs that began may reach: the start that
-- comes after so many of them, read from the index alone. No row: it reaches the end.
select time_start as reach
from `{cluster}_job_table`
where id_user >= ? and id_user <= ? and time_start >= ? and time_start <= ?
order by id_user desc, time_start desc
limit 1 offset ?
