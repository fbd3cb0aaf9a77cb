-- The summaries of some rows of Slurm's job table.
select *
from job_summary
where job_db_inx in ({list})
