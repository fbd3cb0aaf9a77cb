-- Who may work in the background, until when by the database's clock. Each holder has a term of its
-- own, and what it writes is conditional on it: one that was frozen and wakes up writes nothing.
create table if not exists lease (
    name varchar(32) character set ascii collate ascii_bin not null primary key,
    holder varchar(191) collate utf8mb4_bin not null,
    term bigint unsigned not null,
    until datetime(6) not null
) engine = InnoDB default charset = utf8mb4
