-- All days before one are to be made again, if the lease is still held.
insert into job_day_due (day)
select distinct day
from job_day
where kind = 2 and day < ?
    and exists (select 1 from lease
        where name = ? and holder = ? and term = ? and until > now(6))
on duplicate key update day = values(day)
