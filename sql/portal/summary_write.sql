-- Keeps a summary in place of an earlier one, if the lease is still held: one row is written (two
-- are counted where one is replaced), or none. Values in the order of kColumns in
-- handlers/sources/own/summaries/summary_columns.cpp.
replace into job_summary (job_db_inx, id_job, id_array_job, id_array_task, id_user, login, account,
    `partition`, name, stem, state, time_submit, time_start, time_end, wait_s, run_s, time_limit_s,
    cores_requested, cores, memory_requested, memory, gpus_requested, gpus, nodes_requested, nodes,
    cores_used, cores_peak, threads, memory_peak, memory_at_most, memory_rss, memory_rise,
    node_cores_least, node_cores_most, node_memory_least, node_memory_most, gpu_used, gpu_least,
    gpu_most, gpu_memory_peak, gpu_memory, gpu_power, gpu_watts, gpus_seen, bytes_read,
    bytes_written, file_operations, energy_j, energy_covered, wasted_core_s, wasted_memory_s,
    wasted_gpu_s, cost, wasted_cost, covered, gpu_covered, odd_samples, flags, grade_time,
    grade_cores, grade_memory, grade_gpu, grade_gpu_memory, rules, rules_version, parts, made)
select {list}
from lease
where name = ? and holder = ? and term = ? and until > now(6)
