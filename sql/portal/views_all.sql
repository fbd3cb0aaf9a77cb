-- Views of a time, the newest first: of all, or of one viewer, or of one person, account or
-- project.
select cast(unix_timestamp(viewed) as unsigned) as viewed, viewer, kind, subject, page, request_id
from audit_view
where viewed >= now() - interval ? day
    and (? = '' or viewer = ?)
    and (? = '' or subject = ?)
order by viewed desc, id desc
limit ?
