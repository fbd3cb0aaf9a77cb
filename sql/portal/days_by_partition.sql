-- The same by partition, from the days of everybody.
select `partition` as name, {job_columns}
from job_day
where kind = 2 and day >= ? and day < ?
group by `partition`
