-- All scripts of a job, its earlier ones too.
delete from job_script
where id_job = ?
