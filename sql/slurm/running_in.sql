-- Jobs of everybody that run in partitions of a name, the last submitted first. The index on
-- (time_end, time_eligible) finds what runs or waits; nothing is indexed by start or partition.
select {job_columns}
from `{cluster}_job_table`
where time_end in (0, 4294967294, 4294967295) and time_eligible >= ? and state = 1 and deleted = 0
  and time_start > 0 and time_start <= ?
  and lower(convert(`partition` using utf8mb4)) like lower(?) escape '!'
order by time_submit desc, job_db_inx desc
limit ?
