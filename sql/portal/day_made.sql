-- A day has been made.
delete from job_day_due
where day = ?
