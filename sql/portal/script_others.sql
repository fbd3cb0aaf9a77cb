-- How many other scripts of a job there are.
select count(*) as others
from job_script
where id_job = ? and digest <> unhex(?)
