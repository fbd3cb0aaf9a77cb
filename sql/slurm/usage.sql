-- What the steps of some attempts used.
select job_db_inx, user_sec, user_usec, sys_sec, sys_usec, tres_usage_in_max, tres_usage_in_tot
from {cluster}_step_table
where job_db_inx in ({list}) and deleted = 0
