-- The end that comes after so many others, read from the index alone. No row: there are fewer.
select time_end as reach
from `{cluster}_job_table`
where time_end >= ? and time_end <= ?
order by time_end
limit 1 offset ?
