-- Logins of staff may have letters beyond ASCII.
alter table audit_view
    modify viewer varchar(64) character set utf8mb4 collate utf8mb4_bin not null
