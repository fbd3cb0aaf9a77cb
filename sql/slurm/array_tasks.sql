-- The first tasks of an array as they came; rows as in array_counts, read no further than needed.
select task.job_db_inx
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.deleted = 0
  and task.time_submit >= ? and task.time_submit <= ? and task.id_array_task < 4294967294
  and not exists (select 1 from `{cluster}_job_table` later
      where later.id_job = task.id_job and later.id_user = task.id_user and later.deleted = 0
        and later.id_array_job + 0 = task.id_array_job
        and later.time_submit > task.time_submit and later.time_submit <= ?)
order by part.job_db_inx
limit ?
