-- Locks a day that is to be made again: nobody writes one of its summaries until it is made.
select day
from job_day_due
where day = ?
for update
