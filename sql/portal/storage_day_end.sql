-- Removes the rows of a copy.
delete from storage_day
where copy = ?
