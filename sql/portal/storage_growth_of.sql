-- What some owners have of one kind in two copies. Who has no row had nothing.
select owner, cast(sum(if(copy = ?, bytes, 0)) as unsigned) as bytes_then,
    cast(sum(if(copy = ?, files, 0)) as unsigned) as files_then,
    cast(sum(if(copy = ?, bytes, 0)) as unsigned) as bytes_now,
    cast(sum(if(copy = ?, files, 0)) as unsigned) as files_now,
    max(copy = ?) as was, max(bytes is null) as unknown
from storage_day
where copy in (?, ?) and kind = ? and owner in ({list})
group by owner
