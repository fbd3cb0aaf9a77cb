-- How many rows ended in a time, counted in the index up to so many.
select count(*) as ended
from (select 1
    from `{cluster}_job_table`
    where time_end > ? and time_end <= ?
    limit ?) some
