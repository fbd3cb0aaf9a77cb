-- When the jobs ended of which the first and the last are kept; null: none is.
select min(time_end) as first, max(time_end) as last
from job_summary
