-- The jobs of a person that ended in a time, those that wasted most first, as waste_by_name.sql
-- orders them. They are found in the index of_owner; only these rows are read.
select job_summary.*
from (select job_db_inx
    from job_summary
    where login in ({list}) and id_user = ? and time_end >= ? and time_end < ?
        and (wasted_cost > 0 or wasted_gpu_s > 0 or wasted_core_s > 0)
    order by wasted_cost desc, wasted_gpu_s desc, wasted_core_s desc, job_db_inx desc
    limit ?) as most
    join job_summary using (job_db_inx)
order by wasted_cost desc, wasted_gpu_s desc, wasted_core_s desc, job_db_inx desc
