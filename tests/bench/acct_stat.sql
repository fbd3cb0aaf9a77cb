-- Two million rows beside those of the lab in a Robinhood database (the current one): 25,000 owners
-- in four of 20,000 groups each, 20 pairs of type and status. Run once; about half a minute.
set sql_mode = '', unique_checks = 0;
create temporary table pair (type varchar(8), lhsm_status varchar(16));
insert into pair values ('symlink', ''), ('symlink', 'new'), ('dir', ''), ('dir', 'new'),
    ('dir', 'modified'), ('dir', 'retrieving'), ('dir', 'archiving'), ('dir', 'synchro'),
    ('dir', 'released'), ('file', ''), ('file', 'new'), ('file', 'modified'),
    ('file', 'retrieving'), ('file', 'archiving'), ('file', 'synchro'), ('file', 'released'),
    ('chr', ''), ('blk', ''), ('fifo', ''), ('sock', '');
insert into ACCT_STAT (uid, gid, type, lhsm_status, size, blocks, count, sz1K)
select concat('owner', lpad(o.seq, 5, '0')),
    concat('group', lpad((o.seq * 4 + g.seq * 4999) % 20000, 5, '0')), p.type, p.lhsm_status,
    o.seq * 1000000 + g.seq, if(p.lhsm_status = 'released', 0, o.seq * 2000), o.seq % 900 + 1,
    o.seq % 900 + 1
from seq_1_to_25000 o join seq_1_to_4 g join pair p;
analyze table ACCT_STAT;
