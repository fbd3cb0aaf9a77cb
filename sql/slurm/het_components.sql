-- Components of a heterogeneous job that was submitted around some time, since numbers come again;
-- of several attempts of one that of this time comes first.
select {job_columns}
from `{cluster}_job_table`
where het_job_id = ? and id_user = ? and deleted = 0
  and time_submit >= ? and time_submit <= ?
order by het_job_offset, abs(cast(time_submit as signed) - cast(? as signed)), job_db_inx desc
limit 1000
