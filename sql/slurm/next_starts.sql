-- Of the first jobs of a user that began at some time or after it, those whose command line may
-- name another job; the user as a range of one, as in list_started.
select next.job_db_inx
from (select job_db_inx, time_start, {optional:submit_line}
    from `{cluster}_job_table`
    where id_user >= ? and id_user <= ? and time_start >= ? and deleted = 0
    order by id_user, time_start
    limit ?) next
where next.submit_line like '%-d%'
order by next.time_start
