-- A day is to be made again, if the lease is still held. Its row is locked until the transaction
-- ends.
insert into job_day_due (day)
select ?
from lease
where name = ? and holder = ? and term = ? and until > now(6)
on duplicate key update day = values(day)
