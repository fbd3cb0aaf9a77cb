-- The portal's account in Slurm's accounting database: it reads the tables named here and nothing
-- else, in particular not <cluster>_job_env_table, whose rows contain users' environments and with
-- them their secrets.
--
-- Run it once in the database that slurmdbd uses, and again after slurmdbd has made new tables:
--   sed -e 's/@CLUSTER@/narval/g' -e 's/@USER@/userportal/g' -e 's/@HOST@/portal.example.org/g' \
--       -e 's/@PASSWORD@/a long random word/g' slurm.sql | mysql --force slurm_acct_db
-- @CLUSTER@ is Slurm's ClusterName in lower case, @HOST@ the machine the portal connects from.
-- Slurm older than 22.05 has no <cluster>_job_script_table: --force makes the client continue past
-- the error. Write the same user and password into userportal.secrets.ini.
create user if not exists '@USER@'@'@HOST@' identified by '@PASSWORD@';

grant select on `@CLUSTER@_job_table` to '@USER@'@'@HOST@';
grant select on `@CLUSTER@_step_table` to '@USER@'@'@HOST@';
grant select on `@CLUSTER@_assoc_table` to '@USER@'@'@HOST@';
grant select on `@CLUSTER@_suspend_table` to '@USER@'@'@HOST@';
grant select on tres_table to '@USER@'@'@HOST@';
grant select on qos_table to '@USER@'@'@HOST@';
grant select on cluster_table to '@USER@'@'@HOST@';
grant select on convert_version_table to '@USER@'@'@HOST@';
grant select on `@CLUSTER@_job_script_table` to '@USER@'@'@HOST@';
