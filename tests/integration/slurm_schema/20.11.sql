alter table narval_job_table drop column submit_line, drop column container,
    drop column script_hash_inx, drop column env_hash_inx, drop key archive_purge,
    add column track_steps tinyint not null default 0 after tres_req;
update narval_job_table set kill_requid = 0 where kill_requid is null;
alter table narval_job_table modify kill_requid int not null default -1;
alter table narval_step_table drop column submit_line, drop column container,
    modify user_sec int unsigned not null default 0, modify sys_sec int unsigned not null default 0,
    modify task_dist smallint not null default 0;
drop table narval_job_script_table;
