-- Keeps that somebody looked at a page; the same again changes nothing.
insert ignore into audit_view (viewed, period, viewer, kind, subject, page, request_id)
values (from_unixtime(?), ?, ?, ?, ?, ?, ?)
