-- How the tasks are doing.
select name, position_end, position_row, done, failed, behind_s, behind_jobs, slow, stepped, error,
    error_at
from task
order by name
