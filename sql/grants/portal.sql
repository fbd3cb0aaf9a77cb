-- The portal's own database and its two accounts. @USER@ is the one that the portal uses: it reads
-- and writes scripts and summaries of jobs, reads tokens and records when they were used, adds and
-- reads records of who looked at whose data; it can neither make a token, nor change such a record,
-- nor change a table. @ADMIN@ is for userportal-admin: tables and tokens.
--
-- Run it once as the administrator of MariaDB, then `userportal-admin migrate`, then this again:
-- the grants below the line need the tables.
--   sed -e 's/@DATABASE@/userportal/g' -e 's/@HOST@/portal.example.org/g' \
--       -e 's/@USER@/userportal/g' -e 's/@PASSWORD@/a long random word/g' \
--       -e 's/@ADMIN@/userportal_admin/g' -e 's/@ADMIN_PASSWORD@/another one/g' \
--       portal.sql | mysql --force
-- --force makes the client continue past their errors in the first run.
create database if not exists @DATABASE@ default character set utf8mb4;
create user if not exists '@USER@'@'@HOST@' identified by '@PASSWORD@';
create user if not exists '@ADMIN@'@'@HOST@' identified by '@ADMIN_PASSWORD@';
grant create, alter, index, drop, references, select, insert, update, delete
    on @DATABASE@.* to '@ADMIN@'@'@HOST@';

-- ---- after `userportal-admin migrate`
grant select, insert, update, delete on @DATABASE@.job_script to '@USER@'@'@HOST@';
grant select, update (last_used) on @DATABASE@.api_token to '@USER@'@'@HOST@';
grant select, insert on @DATABASE@.audit_view to '@USER@'@'@HOST@';
grant select on @DATABASE@.schema_version to '@USER@'@'@HOST@';
grant select, insert, delete on @DATABASE@.job_summary to '@USER@'@'@HOST@';
grant select, insert, delete on @DATABASE@.job_day to '@USER@'@'@HOST@';
grant select, insert, update, delete on @DATABASE@.job_day_due to '@USER@'@'@HOST@';
grant select, insert, delete on @DATABASE@.task to '@USER@'@'@HOST@';
grant select, insert, delete on @DATABASE@.storage_copy to '@USER@'@'@HOST@';
grant select, insert, delete on @DATABASE@.storage_day to '@USER@'@'@HOST@';
grant select, insert, update on @DATABASE@.lease to '@USER@'@'@HOST@';
