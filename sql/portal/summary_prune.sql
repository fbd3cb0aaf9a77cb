-- Removes some of the summaries of jobs that ended before a time, if the lease is still held.
delete from job_summary
where time_end < ?
    and exists (select 1 from lease
        where name = ? and holder = ? and term = ? and until > now(6))
order by time_end
limit ?
