-- Removes what is older than so many days.
delete from audit_view
where viewed < now() - interval ? day
