-- All jobs and attempts that have had a number, whoever's, the newest first. Rows that Slurm has
-- not completed yet name nobody.
select {job_columns}
from `{cluster}_job_table`
where id_job = ? and deleted = 0 and not (id_user = 0 and account is null)
order by time_submit desc, job_db_inx desc
limit 200
