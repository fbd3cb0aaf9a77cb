-- The same as use_of_groups, of every owner in every group: some of them, in the order of the
-- table's key, from the first on or after a pair of owner and group.
select gid as group_name, uid as user_name,
       cast(sum(if(status in ('', 'new'), `count`, 0)) as unsigned) as project_inodes,
       cast(sum(if(status in ('', 'new'), blocks, 0)) as unsigned) as project_blocks,
       cast(sum(if(status not in ('', 'new', 'released'), `count`, 0)) as unsigned) as disk_inodes,
       cast(sum(if(status not in ('', 'new', 'released'), blocks, 0)) as unsigned) as disk_blocks,
       cast(sum(if(status = 'released', `count`, 0)) as unsigned) as tape_inodes,
       cast(sum(if(status = 'released', size, 0)) as unsigned) as tape_bytes
from (select uid, gid, coalesce(lhsm_status, '') as status, size, blocks, `count`
      from (select uid, gid, {optional:lhsm_status}, size, blocks, `count` from ACCT_STAT) as kept
     ) as entries
where ? = 1 or uid > ? or (uid = ? and gid > ?)
group by uid, gid
order by uid, gid
limit ?
