-- Notes a migration; twice does no harm.
insert ignore into schema_version (version, name, applied)
values (?, ?, now())
