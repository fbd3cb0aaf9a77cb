-- Removes a copy; its rows go first.
delete from storage_copy
where id = ?
