-- Which rows have a summary, and of what state of the row it is.
select job_db_inx, id_job, time_submit, time_end, state, rules_version
from job_summary
where job_db_inx in ({list})
