-- The script of a job as it was stored last.
select id_job, script
from job_script
where id_job = ?
order by last_stored desc, digest
limit 1
