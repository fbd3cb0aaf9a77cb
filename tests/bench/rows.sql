-- One million job rows: 300,000 of the user `heavy` over 90 days, the rest of others; each user's
-- are copies of their newest ordinary row. Run once, in the bench's own database.
set sql_mode = '', unique_checks = 0;
set @now = unix_timestamp();
create temporary table pattern as
    select j.* from narval_job_table j
    join (select id_user, max(job_db_inx) as newest from narval_job_table
          where id_user in (3000001, 3000003, 3000004, 3000006, 3000007, 3000008, 3000009)
            and state = 3 and time_end > 0 and id_array_job = 0 and het_job_id = 0
            and id_job < 30003000 group by id_user) n
    on j.job_db_inx = n.newest;
create temporary table share (id_user int unsigned, first int unsigned, last int unsigned,
    gap int unsigned);
insert into share values (3000004, 1, 300000, 26), (3000007, 300001, 600000, 26),
    (3000007, 600001, 999000, 20);
insert into narval_job_table (account, cpus_req, id_assoc, id_array_task, id_job, id_qos, id_user,
    id_group, het_job_offset, job_name, mem_req, nodelist, nodes_alloc, node_inx, `partition`,
    priority, state, timelimit, time_submit, time_eligible, time_start, time_end, work_dir,
    submit_line, tres_alloc, tres_req)
select p.account, p.cpus_req, p.id_assoc, p.id_array_task, 60000000 + s.seq, p.id_qos, p.id_user,
    p.id_group, p.het_job_offset, p.job_name, p.mem_req, p.nodelist, p.nodes_alloc, p.node_inx,
    p.`partition`, p.priority, p.state, p.timelimit,
    @now - (s.seq - h.first + 1000) * h.gap - 100, @now - (s.seq - h.first + 1000) * h.gap - 100,
    @now - (s.seq - h.first + 1000) * h.gap, @now - (s.seq - h.first + 1000) * h.gap + 900,
    p.work_dir, p.submit_line, p.tres_alloc, p.tres_req
from share h join pattern p using (id_user) join seq_1_to_999000 s
    on s.seq between h.first and h.last;
-- One job of alice on one node with 64 cores, and one with 512: 500 samples of 30 s each.
insert into narval_job_table (account, cpus_req, id_assoc, id_array_task, id_job, id_qos, id_user,
    id_group, het_job_offset, job_name, mem_req, nodelist, nodes_alloc, node_inx, `partition`,
    priority, state, timelimit, time_submit, time_eligible, time_start, time_end, work_dir,
    submit_line, tres_alloc, tres_req)
select p.account, w.cores, p.id_assoc, p.id_array_task, w.id, p.id_qos, p.id_user,
    p.id_group, p.het_job_offset, 'bench', p.mem_req, w.nodes, w.cores div 64, p.node_inx,
    p.`partition`, p.priority, 3, 600,
    w.ends - 15000, w.ends - 15000, w.ends - 15000, w.ends, p.work_dir, p.submit_line,
    concat('1=', w.cores, ',2=256000,4=', w.cores div 64),
    concat('1=', w.cores, ',2=256000,4=', w.cores div 64)
from (select 70000064 as id, 64 as cores, 'nb1' as nodes,
             (@now - 90000) div 30 * 30 as ends
      union select 70000512, 512, 'nb[1-8]', (@now - 90000) div 30 * 30) w
join pattern p on p.id_user = (select id_user from narval_job_table
                               where id_job = 30003001 limit 1);
-- Arrays of alice of 10,000 and of 100,000 tasks: nine of ten completed, the others failed.
insert into narval_job_table (account, cpus_req, id_assoc, id_array_job, id_array_task, id_job,
    id_qos, id_user, id_group, het_job_offset, job_name, mem_req, nodelist, nodes_alloc, node_inx,
    `partition`, priority, state, timelimit, time_submit, time_eligible, time_start, time_end,
    work_dir, submit_line, tres_alloc, tres_req)
select p.account, p.cpus_req, p.id_assoc, w.id, s.seq, w.id + s.seq, p.id_qos, p.id_user,
    p.id_group, p.het_job_offset, 'sweep', p.mem_req, p.nodelist, p.nodes_alloc, p.node_inx,
    p.`partition`, p.priority, if(s.seq % 10 = 0, 5, 3), p.timelimit, @now - 200000, @now - 200000,
    @now - 190000 + s.seq, @now - 190000 + s.seq + 600 + s.seq * 7 % 900, p.work_dir,
    p.submit_line, p.tres_alloc, p.tres_req
from (select 80000000 as id, 10000 as tasks union select 81000000, 100000) w
join seq_1_to_100000 s on s.seq <= w.tasks
join pattern p on p.id_user = (select id_user from narval_job_table
                               where id_job = 30003001 limit 1);
insert into narval_step_table (job_db_inx, id_step, exit_code, nodelist, nodes_alloc, state,
    step_name, task_cnt, time_start, time_end, user_sec, user_usec, sys_sec, sys_usec, tres_alloc,
    tres_usage_in_max, tres_usage_in_tot)
select job_db_inx, -5, 0, nodelist, 1, state, 'batch', 1, time_start, time_end,
    (time_end - time_start) div 2, 0, 9, 0, tres_alloc, '1=1,2=1500000000',
    '1=1,2=1500000000'
from narval_job_table where id_array_job in (80000000, 81000000);
analyze table narval_job_table;
analyze table narval_step_table;
