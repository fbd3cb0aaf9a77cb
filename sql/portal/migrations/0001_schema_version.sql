-- Which of these files a database has seen. Each file is one statement, so that a migration is
-- there as a whole or not at all.
create table if not exists schema_version (
    version int unsigned not null primary key,
    name varchar(64) not null,
    applied datetime not null
) engine = InnoDB default charset = utf8mb4
