-- Owners of one sort who have more in one copy than in an earlier one, in bytes or files, or of
-- whom it is not known. Who has no row had nothing.
select owner, cast(sum(if(copy = ?, bytes, 0)) as unsigned) as bytes_then,
    cast(sum(if(copy = ?, files, 0)) as unsigned) as files_then,
    cast(sum(if(copy = ?, bytes, 0)) as unsigned) as bytes_now,
    cast(sum(if(copy = ?, files, 0)) as unsigned) as files_now,
    max(copy = ?) as was, max(bytes is null) as unknown
from storage_day
where copy in (?, ?) and kind in (?, ?)
group by owner
having unknown = 1 or bytes_now > bytes_then or files_now > files_then
