-- Scripts in the original portal's database, after that job.
select id_job, submit_script, cast(last_modified as char) as last_modified
from jobstats_jobscript
where id_job > ?
order by id_job
limit 200
