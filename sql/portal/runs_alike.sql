-- The newest runs of one kind of job of a person: found in the index alike_of_owner, only these
-- rows are read.
select job_summary.*
from (select job_db_inx
    from job_summary
    where login in ({list}) and id_user = ? and stem = ? and account = ?
    order by time_end desc, job_db_inx desc
    limit ?) as newest
    join job_summary using (job_db_inx)
order by time_end desc, job_db_inx desc
