-- The latest views of one person's data, the newest first.
select cast(unix_timestamp(viewed) as unsigned) as viewed, viewer, page, request_id
from audit_view
where kind = 'user' and subject = ?
order by viewed desc, id desc
limit ?
