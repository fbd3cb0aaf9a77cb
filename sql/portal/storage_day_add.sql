-- Rows of a copy.
insert into storage_day (copy, kind, owner, bytes, files)
values {rows:5}
