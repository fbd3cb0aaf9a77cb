-- What everybody's jobs that ended on some days had and wasted, by person: single days before and
-- after the tens that lie within.
select login as name, id_user, {job_columns}
from job_day
where (kind = 0 and day >= ? and day < ?) or (kind = 0 and day >= ? and day < ?)
    or (kind = 1 and day >= ? and day < ?)
group by login, id_user
