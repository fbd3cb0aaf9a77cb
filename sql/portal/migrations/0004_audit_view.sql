-- Who of the staff looked at whose data. One row for a page in ten minutes, whatever comes twice.
-- The portal's account may only add rows and read them. Times are UTC; page is a path, encoded.
create table if not exists audit_view (
    id bigint unsigned not null auto_increment primary key,
    viewed datetime not null,
    period int unsigned not null comment 'Unix time in steps of ten minutes',
    viewer varchar(64) character set ascii collate ascii_bin not null,
    kind enum('user', 'account', 'project') not null,
    subject varchar(191) collate utf8mb4_bin not null,
    page varchar(1024) character set ascii collate ascii_bin not null,
    request_id varchar(64) character set ascii collate ascii_bin not null,
    unique key once (viewer, kind, subject, period, page),
    key of_subject (kind, subject, viewed),
    key by_time (viewed)
) engine = InnoDB default charset = utf8mb4
