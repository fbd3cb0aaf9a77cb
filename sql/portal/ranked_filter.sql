-- What narrows ranked.sql: states (with commas between), account, partition, a part of the name,
-- and for each size whether it narrows, its least and its most; shares are percent. Sizes are those
-- that a job was given, or requested; texts are compared as Slurm's database does.
(? = '' or find_in_set(state, ?))
    and (? = '' or account collate utf8mb4_general_ci = ?)
    and (? = '' or find_in_set(?, `partition` collate utf8mb4_general_ci))
    and (? = '' or name collate utf8mb4_general_ci like ? escape '!')
    and (? = 0 or coalesce(cores, cores_requested, 0) between ? and ?)
    and (? = 0 or coalesce(memory, memory_requested, 0) between ? and ?)
    and (? = 0 or coalesce(gpus, gpus_requested, 0) between ? and ?)
    and (? = 0 or coalesce(nodes, nodes_requested, 0) between ? and ?)
    and (? = 0 or run_s between ? and ?)
    and (? = 0 or coalesce(wait_s, 0) between ? and ?)
    and (? = 0 or 100 * cores_used / cores between ? and ?)
    and (? = 0 or 100 * memory_peak / memory between ? and ?)
    and (? = 0 or 100 * gpu_used between ? and ?)
