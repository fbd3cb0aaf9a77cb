-- Sums of job_summary by the day (UTC) on which jobs ended, made again as a whole when a row of
-- that day was written. kind 0: one day of somebody; 1: the ten days from a day that ten divides,
-- so that weeks need few rows; 2: one day of everybody, login and account empty. Sums have the
-- names and units of job_summary; null: nothing of it is known. Byte-seconds and core-seconds are
-- those that jobs had; known_ counts of them where their use is known.
create table if not exists job_day (
    kind tinyint unsigned not null,
    day int unsigned not null comment 'since 1970',
    login varchar(64) collate utf8mb4_bin not null,
    id_user int unsigned not null comment 'two people may have one login',
    account varchar(128) collate utf8mb4_bin not null,
    `partition` varchar(128) collate utf8mb4_bin not null,
    jobs int unsigned not null,
    short_jobs int unsigned not null comment 'ran for less than five minutes',
    limit_jobs int unsigned not null comment 'ran with a time limit: this and the next three',
    limit_reached int unsigned not null comment 'and ended at it',
    requested_s double comment 'their limits',
    ran_s double,
    core_s double,
    known_core_s double,
    used_core_s double,
    wasted_core_s double,
    memory_s double,
    known_memory_s double,
    used_memory_s double,
    wasted_memory_s double,
    gpu_s double,
    known_gpu_s double,
    used_gpu_s double,
    wasted_gpu_s double,
    energy_j double,
    cost double,
    wasted_cost double,
    primary key (kind, day, login, id_user, account, `partition`),
    key of_login (login, id_user, kind, day),
    key of_account (account, kind, day)
) engine = InnoDB default charset = utf8mb4
