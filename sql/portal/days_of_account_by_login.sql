-- What the jobs of an account that ended on some days had and wasted, by person.
select login as name, id_user, {job_columns}
from job_day
where account in ({list}) and kind = 0 and day >= ? and day < ?
group by login, id_user
