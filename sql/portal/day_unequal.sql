-- Days of a time whose sums count other jobs than there are summaries.
select day
from (select time_end div 86400 as day, count(*) as jobs
    from job_summary
    where time_end >= ? and time_end < ?
    group by time_end div 86400
    union all
    select day, 0 - sum(jobs)
    from job_day
    where kind = 2 and day >= ? and day < ?
    group by day) as both_counts
group by day
having sum(jobs) <> 0
order by day
