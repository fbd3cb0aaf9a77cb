alter table narval_job_table drop column script_hash_inx, drop column env_hash_inx,
    drop key archive_purge, add column track_steps tinyint not null default 0,
    add column batch_script longtext, add column env_vars longtext;
update narval_job_table set kill_requid = 0 where kill_requid is null;
alter table narval_job_table modify kill_requid int not null default -1;
update narval_job_table set batch_script = '#!/bin/sh\n\n  echo 1\n' where job_db_inx = 1;
drop table narval_job_script_table;
