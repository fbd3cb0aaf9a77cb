-- Owner of the newest job with an id. Rows that Slurm has not completed yet name nobody.
select id_user
from {cluster}_job_table
where id_job = ? and deleted = 0 and not (id_user = 0 and account is null)
order by time_submit desc, job_db_inx desc
limit 1
