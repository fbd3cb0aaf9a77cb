-- The jobs of a person that ended in a time, in the order of one of their numbers: 1 what was
-- wasted, as waste_by_name.sql orders, 2 use, the least first, 3 energy, 4 waiting time, 5 cost.
-- Jobs of which it is not known are left out. Without a filter the index of_owner holds all that
-- is looked at.
select job_summary.*
from (select job_db_inx, wasted_gpu_s as gpus_lost, wasted_core_s as cores_lost,
        case ? when 1 then wasted_cost
            when 2 then -(case when gpus > 0 then gpu_used else cores_used / cores end)
            when 3 then energy_j
            when 4 then wait_s
            when 5 then cost end as place
    from job_summary
    where login in ({list}) and id_user = ? and time_end >= ? and time_end < ? and {job_filter}
    having place > 0 or (? <> 1 and place is not null)
        or (? = 1 and (gpus_lost > 0 or cores_lost > 0))
    order by place desc, gpus_lost desc, cores_lost desc, job_db_inx desc
    limit ? offset ?) as ranked
    join job_summary using (job_db_inx)
order by place desc, gpus_lost desc, cores_lost desc, job_db_inx desc
