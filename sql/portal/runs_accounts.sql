-- Under which accounts a person ran one kind of job, that of the newest run first, from the index
-- alike_of_owner alone.
select account
from job_summary
where login in ({list}) and id_user = ? and stem = ?
group by account
order by max(time_end) desc, account
limit ?
