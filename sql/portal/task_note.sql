-- Keeps how a task is doing, if the lease is still held: one row is written, or none.
replace into task (name, position_end, position_row, done, failed, behind_s, behind_jobs, slow,
    stepped, error, error_at)
select {list}
from lease
where name = ? and holder = ? and term = ? and until > now(6)
