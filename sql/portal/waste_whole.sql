-- What the jobs of a person that ended in a time had and used together; the index of_owner holds it
-- all. Cores and GPUs count where both what a job had and what it used are known.
select count(*) as jobs,
    sum(case when cores_used is not null then run_s * cores end) as known_core_s,
    sum(run_s * cores_used) as used_core_s,
    sum(wasted_core_s) as wasted_core_s,
    sum(run_s * gpus) as gpu_s,
    sum(case when gpu_used is not null then run_s * gpus end) as known_gpu_s,
    sum(run_s * gpus * gpu_used) as used_gpu_s,
    sum(wasted_gpu_s) as wasted_gpu_s,
    sum(wasted_cost) as wasted_cost
from job_summary
where login in ({list}) and id_user = ? and time_end >= ? and time_end < ?
