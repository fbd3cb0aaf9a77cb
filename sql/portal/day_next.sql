-- The next day that is to be made again.
select day
from job_day_due
where day >= ?
order by day
limit 1
