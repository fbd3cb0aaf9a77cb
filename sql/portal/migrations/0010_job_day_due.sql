-- Days whose sums in job_day are to be made again. Whoever writes a row of job_summary first adds
-- its day, in the same transaction; whoever makes a day locks its row until that is done.
create table if not exists job_day_due (
    day int unsigned not null primary key
) engine = InnoDB default charset = utf8mb4
