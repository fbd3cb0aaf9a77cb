-- The script of an attempt in the job's own row (21.08).
select batch_script
from `{cluster}_job_table`
where job_db_inx = ? and deleted = 0
