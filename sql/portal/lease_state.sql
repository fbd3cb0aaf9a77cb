-- Whether somebody holds a lease, and who held it last.
select holder, until > now(6) as held
from lease
where name = ?
