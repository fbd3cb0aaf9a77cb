-- How many tasks of an array that was submitted around some time are in which state, by the hour
-- in which they ended (0: not over). Of several attempts of a task the newest counts, unless it
-- is said that there are none: to look costs three times the rest. Those that run long past their
-- limit are lost, as job_row.cpp says. The rows are found in the index alone and then read by their
-- key (straight_join, force index): of a large array the optimizer reads the whole table, whenever
-- the statement comes prepared by the connector. Every release of Slurm makes that index.
select task.state,
       task.state = 1 and task.time_start > 0 and task.time_end = 0
           and task.time_start + task.time_suspended + case
               when task.timelimit in (0, 4294967294, 4294967295) then 31622400
               else 60 * task.timelimit + greatest(60 * task.timelimit, ?) end < ? as lost,
       task.time_end div 3600 as hour_ended, count(*) as tasks,
       min(case when task.time_start > 0 then task.time_start end) as began,
       min(task.id_array_task) as first_task, max(task.id_array_task) as last_task,
       min(task.time_submit) as first_submit, max(task.time_submit) as last_submit
from `{cluster}_job_table` part force index (array_job)
straight_join `{cluster}_job_table` task on task.job_db_inx = part.job_db_inx
where part.id_array_job = ? and task.id_user = ? and task.deleted = 0
  and task.time_submit >= ? and task.time_submit <= ? and task.id_array_task < 4294967294
  and (? or not exists (select 1 from `{cluster}_job_table` later
      where later.id_job = task.id_job and later.id_user = task.id_user and later.deleted = 0
        and later.id_array_job + 0 = task.id_array_job
        and later.time_submit > task.time_submit and later.time_submit <= ?))
group by 1, 2, 3
order by 3, 1, 2
