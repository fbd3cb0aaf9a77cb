-- What each owner had on the day of a copy. kind 0: a person on project storage, 1: a person on
-- nearline storage, 2 and 3: the same of a group. Names are UTF-8, in bytes: any two that differ
-- are two. null: not known, since Robinhood has an impossible number. Robinhood's names have 127
-- bytes at most; a wrong one becomes three.
create table if not exists storage_day (
    copy int unsigned not null,
    kind tinyint unsigned not null,
    owner varbinary(400) not null,
    bytes bigint unsigned,
    files bigint unsigned,
    primary key (copy, kind, owner)
) engine = InnoDB
