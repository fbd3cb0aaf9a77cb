-- Rows of a user by their keys.
select {job_columns}
from `{cluster}_job_table`
where job_db_inx in ({list}) and id_user = ? and deleted = 0
