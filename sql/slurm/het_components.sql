-- Components of a heterogeneous job; of several attempts of one the newest comes first.
select {job_columns}
from {cluster}_job_table
where het_job_id = ? and id_user = ? and deleted = 0
order by het_job_offset, time_submit desc, job_db_inx desc
limit 1000
