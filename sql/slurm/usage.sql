-- What the steps of some attempts used. Step -4 is the extern one.
select job_db_inx, id_step = -4 as outside, time_start, time_end,
       user_sec, user_usec, sys_sec, sys_usec, tres_usage_in_max, tres_usage_in_tot
from `{cluster}_step_table`
where job_db_inx in ({list}) and deleted = 0
