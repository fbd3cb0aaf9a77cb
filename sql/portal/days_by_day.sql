-- The same by day, of days on which jobs ended.
select day as name, {job_columns}
from job_day
where kind = 2 and day >= ? and day < ?
group by day
order by day
