-- Which rows have a summary, of what state of the row it is, and what lists show of it.
select job_db_inx, id_job, time_submit, time_end, state, rules_version, cores_used, memory_peak,
    gpus, gpu_used, grade_cores, grade_memory, grade_gpu, flags
from job_summary
where job_db_inx in ({list})
