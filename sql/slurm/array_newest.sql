-- The rows of an array that came last, found in the index alone and read backwards, as in
-- array_counts: the optimizer would look for them through the whole table.
select task.job_db_inx
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.deleted = 0
order by part.job_db_inx desc
limit 10
