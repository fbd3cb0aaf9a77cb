-- The rows that are this task of an array and were submitted before some time, the newest attempt
-- first; rows as in array_counts.
select task.job_db_inx
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.id_array_task = ? and task.deleted = 0
  and task.time_submit < ?
order by task.time_submit desc, task.job_db_inx desc
limit 10
