insert into narval_job_script_table (hash_inx, script_hash, batch_script)
    values (7, '2:77', '#!/bin/sh\n\n  echo 1\n');
update narval_job_table set script_hash_inx = 7 where job_db_inx = 1;
