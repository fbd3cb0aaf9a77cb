-- Removes all that a day is part of.
delete from job_day
where (kind = 0 and day = ?) or (kind = 1 and day = ?) or (kind = 2 and day = ?)
