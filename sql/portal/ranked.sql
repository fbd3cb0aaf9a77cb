-- The jobs of a person that ended in a time, in the order of one of their numbers: 1 what was
-- wasted, in the weights of a core-second and a GPU-second, 2 use, the least first, 3 energy,
-- 4 waiting time, 5 cost, 6 end. Jobs of which it is not known, or that wasted nothing, are left
-- out. Without a filter the index of_owner holds all that is looked at.
select {job_columns}
from (select job_db_inx,
        case ? when 1 then nullif(case when gpus > 0 then wasted_gpu_s * ?
                else wasted_core_s * ? end, 0)
            when 2 then -(case when gpus > 0 then gpu_used else cores_used / cores end)
            when 3 then energy_j
            when 4 then wait_s
            when 5 then cost
            when 6 then time_end end as place
    from job_summary
    where login in ({list}) and id_user = ? and time_end >= ? and time_end < ? and {job_filter}
    having place is not null
    order by place desc, job_db_inx desc
    limit ? offset ?) as ranked
    join job_summary using (job_db_inx)
order by place desc, job_db_inx desc
