-- A script of the original portal, with its own time. Harmless if it runs twice.
insert into job_script (id_job, digest, first_stored, last_stored, source, script)
values (?, unhex(?), ?, ?, 'import', ?)
on duplicate key update last_stored = greatest(last_stored, values(last_stored))
