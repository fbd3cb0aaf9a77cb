-- One of the scripts of a job.
select id_job, script
from job_script
where id_job = ? and digest = unhex(?)
