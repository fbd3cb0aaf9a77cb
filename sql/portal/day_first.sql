-- When the first job that there is a summary of ended, and the first day that was made; null: none.
select (select min(time_end) from job_summary) as time_end,
    (select min(day) from job_day where kind = 2) as day
