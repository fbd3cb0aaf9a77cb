-- Summaries of jobs that ended in a time, in the order of their end, from a place on.
select *
from job_summary
where time_end >= ? and time_end < ? and (time_end > ? or job_db_inx > ?)
order by time_end, job_db_inx
limit ?
