-- The number under which the oldest job of an association of these logins is, if it is another one
-- than theirs now. Of each association one row is read.
select id_user
from (select (select job.id_user
        from `{cluster}_job_table` job force index (association)
        where job.id_assoc = owner.id_assoc and job.deleted = 0
        order by job.job_db_inx
        limit 1) as id_user
    from `{cluster}_assoc_table` owner
    where owner.user in ({list})) as oldest
where id_user <> ?
limit 1
