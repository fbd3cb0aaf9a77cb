-- The oldest copy before a day, if the lease is still held.
select id
from storage_copy
where day < ?
    and exists (select 1 from lease
        where name = ? and holder = ? and term = ? and until > now(6))
order by day, id
limit 1
for update
