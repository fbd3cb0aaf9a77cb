-- A day (UTC) on which all that Robinhood adds up for a file system was copied into storage_day, as
-- a whole: an owner without a row there had nothing on that day.
create table if not exists storage_copy (
    id int unsigned not null auto_increment primary key,
    file_system varbinary(64) not null comment 'as in [robinhood NAME]',
    day int unsigned not null comment 'since 1970',
    unique key of_day (file_system, day)
) engine = InnoDB
