-- People of two domains, or one after the other, may have one login: a person's jobs are those of
-- the login and the number.
alter table job_summary
    add key if not exists of_owner (login, id_user, time_end, run_s, wait_s, cores, cores_used,
        gpus, gpu_used, energy_j, wasted_core_s, wasted_memory_s, wasted_gpu_s, cost, wasted_cost),
    add key if not exists alike_of_owner (login, id_user, stem, account, time_end),
    drop key if exists of_user,
    drop key if exists alike
