-- The portal's account in a Robinhood database: it reads the table of sums and nothing else, in
-- particular not ENTRIES and NAMES, which list every file of every user.
--
-- Run it once in each database that has a section [robinhood …] in userportal.ini, and again after
-- `rbh-config reset_acct` has recreated the table:
--   sed -e 's/@DATABASE@/rbh_lustre06/g' -e 's/@USER@/userportal/g' \
--       -e 's/@HOST@/portal.example.org/g' -e 's/@PASSWORD@/a long random word/g' \
--       robinhood.sql | mysql
-- @HOST@ is the machine the portal connects from. Write the same user and password into
-- userportal.secrets.ini. A server that has the account already, for Slurm or for another file
-- system, keeps its password.
--
-- Optional, and worthwhile from about 500,000 rows on. The key of that table begins with uid, so
-- the sums of a group read all of it: a second for 2,000,000 rows in memory, more from disk, and
-- the portal waits for 3 s. With an index on gid the same sums take a few hundredths
-- (docs/bench.md has both). Robinhood's own updates never change it:
--   create index portal_gid on `@DATABASE@`.ACCT_STAT (gid);
create user if not exists '@USER@'@'@HOST@' identified by '@PASSWORD@';

grant select on `@DATABASE@`.ACCT_STAT to '@USER@'@'@HOST@';
