-- How far each task of the background service has come and how it is doing. A position is a place
-- in Slurm's ended jobs: time_end and job_db_inx. Times are Unix seconds, null for never.
create table if not exists task (
    name varchar(32) character set ascii collate ascii_bin not null primary key,
    position_end bigint unsigned not null,
    position_row bigint unsigned not null,
    done bigint unsigned not null comment 'in all',
    failed bigint unsigned not null comment 'jobs that could not be read',
    behind_s bigint unsigned,
    behind_jobs bigint unsigned comment 'at most 100000 are counted',
    slow tinyint unsigned not null comment 'it rests longer since a source is away or slow',
    stepped int unsigned not null comment 'when it worked last',
    error varchar(255) collate utf8mb4_bin not null comment 'the last one, empty: none',
    error_at int unsigned
) engine = InnoDB default charset = utf8mb4
