-- Every script ever stored for a job, one row for each different one: the newest by last_stored is
-- the current one. A script that comes again only moves its time, so storing is a single statement
-- and may be repeated. Times are UTC; script holds the very bytes.
create table if not exists job_script (
    id_job int unsigned not null,
    digest binary(32) not null comment 'SHA-256 of script',
    first_stored datetime(6) not null,
    last_stored datetime(6) not null,
    source varchar(64) not null comment 'name of the token that brought it',
    script longblob not null,
    primary key (id_job, digest),
    key newest (last_stored, id_job),
    key newest_of_job (id_job, last_stored)
) engine = InnoDB default charset = utf8mb4
