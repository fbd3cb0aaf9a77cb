create table narval_job_table like slurm_acct_db.narval_job_table;
create table narval_step_table like slurm_acct_db.narval_step_table;
create table narval_job_script_table like slurm_acct_db.narval_job_script_table;
create table tres_table like slurm_acct_db.tres_table;
insert into tres_table (creation_time, id, type, name) values
    (1, 1, 'cpu', ''), (1, 2, 'mem', ''), (1, 4, 'node', ''), (1, 1001, 'gres', 'gpu'),
    (1, 1002, 'gres', 'gpu:a100'), (1, 1003, 'gres', 'gpu:v100'), (1, 1004, 'gres', 'gpumem');
create table qos_table like slurm_acct_db.qos_table;
insert into qos_table (creation_time, id, name) values (1, 1, 'normal'), (1, 2, 'high');
