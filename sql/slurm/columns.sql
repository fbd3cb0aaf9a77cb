-- The columns of the tables that differ between releases, as far as this account can read them.
select table_name, column_name
from information_schema.columns
where table_schema = database()
  and table_name in ('{cluster}_job_table', '{cluster}_job_script_table',
                     '{cluster}_assoc_table', 'qos_table')
