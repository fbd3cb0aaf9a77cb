-- What the jobs of a person had and wasted, by the day on which they ended.
select day as name, {job_columns}
from job_day
where login in ({list}) and id_user = ? and kind = 0 and day >= ? and day < ?
group by day
order by day
