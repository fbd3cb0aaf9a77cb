-- How many jobs of a person ended in a time, counted no further than a number.
select count(*) as jobs
from (select 1
    from job_summary
    where login in ({list}) and id_user = ? and time_end >= ? and time_end < ?
    limit ?) as some
