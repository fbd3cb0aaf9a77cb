-- The script of an attempt, kept once for all jobs that submitted the same text (22.05 and later).
select s.batch_script
from `{cluster}_job_table` j
join `{cluster}_job_script_table` s on s.hash_inx = j.script_hash_inx
where j.job_db_inx = ? and j.deleted = 0 and j.script_hash_inx <> 0
