-- All scripts of some jobs without their texts, the one stored last first. Ordered by the columns,
-- which know microseconds, not by the results of the same names.
select s.id_job, lower(hex(s.digest)) as digest, length(s.script) as bytes,
    cast(floor(unix_timestamp(s.first_stored)) as unsigned) as first_stored,
    cast(floor(unix_timestamp(s.last_stored)) as unsigned) as last_stored
from job_script s
where s.id_job in ({list})
order by s.last_stored desc, s.id_job, s.digest
limit 100
