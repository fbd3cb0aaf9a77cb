-- The current scripts of all jobs without their texts, the one stored last first: a page of it. The
-- texts are stored outside of the rows, so what is skipped must not touch them.
select s.id_job, lower(hex(s.digest)) as digest, length(s.script) as bytes,
    cast(floor(unix_timestamp(s.first_stored)) as unsigned) as first_stored,
    cast(floor(unix_timestamp(s.last_stored)) as unsigned) as last_stored
from (
    select c.id_job, c.digest
    from job_script c
    where not exists (
        select 1
        from job_script n
        where n.id_job = c.id_job
            and (n.last_stored > c.last_stored
                or (n.last_stored = c.last_stored and n.digest < c.digest)))
    order by c.last_stored desc, c.id_job desc
    limit ? offset ?) page
join job_script s on s.id_job = page.id_job and s.digest = page.digest
order by s.last_stored desc, s.id_job desc
