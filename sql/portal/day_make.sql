-- The sums of one day, from its summaries. What is known of use is known of waste, and used is what
-- was had and not wasted: a job that used more than it had hides nobody's waste. A job that was
-- resized (8192) has a row for each size, all with its start: its time limit counts once, with the
-- last of them.
insert into job_day (kind, day, login, id_user, account, `partition`, jobs, short_jobs,
    limit_jobs, limit_reached, requested_s, ran_s, core_s, known_core_s, used_core_s,
    wasted_core_s, memory_s, known_memory_s, used_memory_s, wasted_memory_s, gpu_s, known_gpu_s,
    used_gpu_s, wasted_gpu_s, energy_j, cost, wasted_cost)
select 0, ?, login, id_user, account, `partition`, count(*),
    coalesce(sum(run_s < 300), 0),
    coalesce(sum(run_s is not null and time_limit_s is not null and state & 8192 = 0), 0),
    coalesce(sum(run_s is not null and time_limit_s is not null and state & 255 = 6), 0),
    sum(case when run_s is not null and state & 8192 = 0 then time_limit_s end),
    sum(case when run_s is not null and time_limit_s is not null and state & 8192 = 0
        then if(time_submit > time_start and time_submit <= time_end, time_end - time_start, run_s)
        end),
    sum(run_s * cores),
    sum(case when wasted_core_s is not null then run_s * cores end),
    sum(run_s * cores - wasted_core_s),
    sum(wasted_core_s),
    sum(run_s * 1e0 * memory),
    sum(case when wasted_memory_s is not null then run_s * 1e0 * memory end),
    sum(run_s * 1e0 * memory - wasted_memory_s),
    sum(wasted_memory_s),
    sum(run_s * gpus),
    sum(case when wasted_gpu_s is not null then run_s * gpus end),
    sum(run_s * gpus - wasted_gpu_s),
    sum(wasted_gpu_s),
    sum(energy_j), sum(cost), sum(wasted_cost)
from job_summary
where time_end >= ? and time_end < ?
group by login, id_user, account, `partition`
