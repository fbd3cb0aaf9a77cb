-- Who may use the API. Of a token only its hash is kept. Times are UTC, null for never.
create table if not exists api_token (
    id int unsigned not null auto_increment primary key,
    name varchar(64) not null,
    digest binary(32) not null comment 'SHA-256 of the token',
    scopes varchar(255) not null,
    networks varchar(1024) not null default '',
    created datetime not null,
    expires datetime,
    last_used datetime,
    revoked datetime,
    unique key digest (digest)
) engine = InnoDB default charset = utf8mb4
