-- The sums of ten days, from those of each.
insert into job_day (kind, day, login, id_user, account, `partition`, jobs, short_jobs,
    limit_jobs, limit_reached, requested_s, ran_s, core_s, known_core_s, used_core_s,
    wasted_core_s, memory_s, known_memory_s, used_memory_s, wasted_memory_s, gpu_s, known_gpu_s,
    used_gpu_s, wasted_gpu_s, energy_j, cost, wasted_cost)
select 1, ?, login, id_user, account, `partition`,
    sum(jobs), sum(short_jobs), sum(limit_jobs), sum(limit_reached), sum(requested_s), sum(ran_s),
    sum(core_s), sum(known_core_s), sum(used_core_s), sum(wasted_core_s),
    sum(memory_s), sum(known_memory_s), sum(used_memory_s), sum(wasted_memory_s),
    sum(gpu_s), sum(known_gpu_s), sum(used_gpu_s), sum(wasted_gpu_s),
    sum(energy_j), sum(cost), sum(wasted_cost)
from job_day
where kind = 0 and day >= ? and day < ?
group by login, id_user, account, `partition`
