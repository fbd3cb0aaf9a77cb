-- What the jobs of a person that ended in a time had and used together; the index of_owner holds it
-- all. Used is what was had and not wasted, of jobs whose waste is known: one that used more than
-- it had hides no waste of another.
select count(*) as jobs,
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
