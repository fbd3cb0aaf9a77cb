-- Which of the columns that some releases lack this account can read.
select table_name, column_name
from information_schema.columns
where table_schema = database()
  and table_name in ('{cluster}_job_table', '{cluster}_job_script_table')
  and column_name in ('id_job', 'submit_line', 'batch_script', 'script_hash_inx')
