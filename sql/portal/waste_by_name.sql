-- The same by kind of job (its name without digits), those that wasted most first, in the weights
-- of a GPU-second of a job with GPUs and a core-second of one without.
select stem, count(*) as jobs,
    sum(case when wasted_core_s is not null then run_s * cores end) as known_core_s,
    sum(run_s * cores - wasted_core_s) as used_core_s,
    sum(wasted_core_s) as wasted_core_s,
    sum(run_s * gpus) as gpu_s,
    sum(case when wasted_gpu_s is not null then run_s * gpus end) as known_gpu_s,
    sum(run_s * gpus - wasted_gpu_s) as used_gpu_s,
    sum(wasted_gpu_s) as wasted_gpu_s,
    sum(wasted_cost) as wasted_cost
from job_summary
where login in ({list}) and id_user = ? and time_end >= ? and time_end < ?
group by stem
order by sum(case when gpus > 0 then wasted_gpu_s * ? else wasted_core_s * ? end) desc, stem
limit ?
