-- A page of an array's tasks, all or those of one state, sorted by a column: 1 state, 2 start,
-- 3 run time, anything else the index. What has no value comes last; rows as in array_counts.
select task.job_db_inx,
       case ? when 1 then task.state
              when 2 then nullif(task.time_start, 0)
              when 3 then case when task.time_start > 0 and task.time_end >= task.time_start
                  then task.time_end - task.time_start end
              else task.id_array_task end as place
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.deleted = 0
  and task.time_submit >= ? and task.time_submit <= ? and task.id_array_task < 4294967294
  and (? = 4294967295 or task.state = ?)
  and (? or not exists (select 1 from `{cluster}_job_table` later
      where later.id_job = task.id_job and later.id_user = task.id_user and later.deleted = 0
        and later.id_array_job + 0 = task.id_array_job
        and later.time_submit > task.time_submit and later.time_submit <= ?))
order by place is null, case when ? = 1 then place end desc, place, task.id_array_task
limit ? offset ?
