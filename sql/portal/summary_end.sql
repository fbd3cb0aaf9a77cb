-- When the job of a row ended, as its summary says.
select time_end
from job_summary
where job_db_inx = ?
