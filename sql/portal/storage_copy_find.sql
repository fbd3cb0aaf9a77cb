-- The copy of a day.
select id
from storage_copy
where file_system = ? and day = ?
