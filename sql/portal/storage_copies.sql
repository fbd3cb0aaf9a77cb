-- The copies of all file systems from a day on.
select id, file_system, day
from storage_copy
where day >= ?
order by file_system, day
