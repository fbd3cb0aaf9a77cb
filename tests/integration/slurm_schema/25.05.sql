insert into narval_job_script_table (hash_inx, script_hash, batch_script)
    values (7, '2:77', '#!/bin/sh\n\n  echo 1\n');
update narval_job_table set script_hash_inx = 7 where job_db_inx = 1;
alter table narval_job_table add column extra text, add column failed_node tinytext,
    add column licenses text, modify submit_line longtext,
    drop key archive_purge, add key archive_purge (time_end);
alter table narval_job_table add column std_in text not null default '',
    add column std_out text not null default '', add column std_err text not null default '',
    add column qos_req tinytext, add column restart_cnt smallint unsigned not null default 0,
    add column resv_req tinytext, add column segment_size smallint unsigned not null default 0,
    add key archive_delete (deleted);
alter table narval_step_table add column timelimit int unsigned not null default 0,
    add column cwd text not null default '', add column std_in text not null default '',
    add column std_out text not null default '', add column std_err text not null default '';
alter table narval_job_script_table add column deleted tinyint not null default 0 after hash_inx;
