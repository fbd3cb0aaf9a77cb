-- How many jobs have a script.
select count(distinct id_job) as jobs
from job_script
