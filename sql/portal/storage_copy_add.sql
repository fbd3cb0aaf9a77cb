-- Begins the copy of a day, if the lease is still held and there is none: one row is written, or
-- none.
insert into storage_copy (file_system, day)
select ?, ?
from lease
where name = ? and holder = ? and term = ? and until > now(6)
    and not exists (select 1 from storage_copy where file_system = ? and day = ?)
