-- Keeps a script of a job, or says that this very one came again. Harmless if it runs twice.
insert into job_script (id_job, digest, first_stored, last_stored, source, script)
values (?, unhex(?), now(6), now(6), ?, ?)
on duplicate key update last_stored = greatest(last_stored, now(6))
