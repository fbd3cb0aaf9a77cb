-- What a server says of itself: its clock, its version, the longest statement it takes.
select cast(unix_timestamp() as unsigned) as now, version() as version,
    cast(@@max_allowed_packet as unsigned) as packet
