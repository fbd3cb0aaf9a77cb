-- The state of each task of an array up to some index, and of all above it that ended badly or were
-- cancelled; rows as in array_counts.
select task.job_db_inx, task.id_array_task, task.state,
       task.state = 1 and task.time_start > 0 and task.time_end = 0
           and task.time_start + task.time_suspended + case
               when task.timelimit in (0, 4294967294, 4294967295) then 31622400
               else 60 * task.timelimit + greatest(60 * task.timelimit, ?) end < ? as lost
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.deleted = 0
  and task.time_submit >= ? and task.time_submit <= ? and task.id_array_task < 4294967294
  and (task.id_array_task <= ? or task.state between 4 and 11)
  and (? or not exists (select 1 from `{cluster}_job_table` later
      where later.id_job = task.id_job and later.id_user = task.id_user and later.deleted = 0
        and later.id_array_job + 0 = task.id_array_job
        and later.time_submit > task.time_submit and later.time_submit <= ?))
order by task.id_array_task
limit ?
